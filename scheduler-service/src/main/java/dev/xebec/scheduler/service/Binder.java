package dev.xebec.scheduler.service;

import dev.xebec.contracts.api.BindRequest;
import dev.xebec.kit.client.Resources;
import dev.xebec.scheduler.scheduling.Decision;
import java.util.List;

/** Carries placements out: one request, an outcome for each. */
final class Binder {
    private final Resources resources;

    Binder(Resources resources) {
        this.resources = resources;
    }

    /** One result per placement, in order. Throws UnavailableException when no gateway answered. */
    List<BindRequest.Result> bind(List<Decision.Placed> placements) {
        return resources.bind(new BindRequest(placements.stream()
                .map(placed -> new BindRequest.Bind(placed.pod().key().namespace(), placed.pod().key().name(),
                        placed.pod().uid(), placed.pod().revision(), placed.node(), placed.nodeVersion()))
                .toList()));
    }
}
