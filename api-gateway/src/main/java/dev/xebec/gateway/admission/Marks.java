package dev.xebec.gateway.admission;

import dev.xebec.contracts.state.Guard;
import dev.xebec.contracts.state.Write;
import dev.xebec.gateway.admission.Epochs.Mark;
import dev.xebec.gateway.cache.StoreImage;
import dev.xebec.model.kind.Kind;
import dev.xebec.model.object.ObjectKey;
import dev.xebec.model.quota.Evaluator;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Which marks a write is conditional on, and which it sets itself. */
final class Marks {
    private static final String QUOTAS = "/resourcequotas";
    private static final Set<String> WEBHOOKS = Set.of("mutatingwebhookconfigurations",
            "validatingwebhookconfigurations");
    private static final String REGISTRATION = "admissionregistration.k8s.io";

    private Marks() {}

    /** @param webhooksRevision of the configurations that the object was judged by */
    static List<Guard> guards(Kind kind, ObjectKey key, String subresource, boolean created, long webhooksRevision,
            StoreImage image) {
        List<Guard> guards = new ArrayList<>(2);
        if (!configuresWebhooks(kind)) {
            guards.add(Mark.WEBHOOKS.unchangedSince(webhooksRevision));
        }
        boolean charged = created
                || Evaluator.of(kind.name().group(), kind.plural()).chargesUpdate(subresource);
        if (kind.namespaced() && charged && !isQuota(kind)) {
            Mark quotas = Mark.quotas(key.namespace());
            guards.add(quotas.unchangedSince(quotas.revision(image)));
        }
        return guards;
    }

    private static boolean configuresWebhooks(Kind kind) {
        return kind.name().group().equals(REGISTRATION) && WEBHOOKS.contains(kind.plural());
    }

    private static boolean isQuota(Kind kind) {
        return kind.name().group().isEmpty() && kind.plural().equals("resourcequotas");
    }

    static List<Write> onCreate(Kind kind, ObjectKey key) {
        return isQuota(kind) ? List.of(Mark.quotas(key.namespace()).set()) : onUpdate(kind);
    }

    static List<Write> onUpdate(Kind kind) {
        return configuresWebhooks(kind) ? List.of(Mark.WEBHOOKS.set()) : List.of();
    }

    /** A namespace's last quota takes the mark with it. */
    static List<Write> onRemove(Kind kind, ObjectKey key, StoreImage image) {
        boolean last = isQuota(kind) && image.in(QUOTAS, key.namespace()).size() <= 1;
        return last ? List.of(Mark.quotas(key.namespace()).removed()) : onUpdate(kind);
    }

    /** Under what condition the mark may go: no quota has come meanwhile. */
    static List<Guard> removable(Kind kind, ObjectKey key, StoreImage image) {
        Mark quotas = Mark.quotas(key.namespace());
        boolean last = isQuota(kind) && image.in(QUOTAS, key.namespace()).size() <= 1;
        return last ? List.of(quotas.unchangedSince(quotas.revision(image))) : List.of();
    }
}
