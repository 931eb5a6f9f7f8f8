package dev.xebec.events.service;

import dev.xebec.contracts.UnavailableException;
import dev.xebec.kit.client.ApiResult;
import dev.xebec.kit.client.Resources;
import dev.xebec.kit.reconcile.Events;
import dev.xebec.kit.service.ServiceContext;
import dev.xebec.model.object.GroupVersionResource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says where users look what only a person can mend: as a Kubernetes Event about the namespace of the cluster's own things.
 */
final class Refusals implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Refusals.class);
    private static final String USER = "system:kube-controller-manager";
    private static final String NAMESPACE = "kube-system";

    private final Resources resources;
    private final Events events;

    Refusals(ServiceContext context) {
        resources = new Resources(context.clients().as(USER, TaskEventsService.ROLE));
        events = new Events(resources, TaskEventsService.ROLE, context.clock());
    }

    /** Returns at once. */
    void tell(String what) {
        Thread.ofVirtual().name("task-events-refusal").start(() -> {
            try {
                if (resources.get(GroupVersionResource.NAMESPACES, "", NAMESPACE) instanceof ApiResult.Ok found) {
                    events.emit(found.object(), "Warning", "TaskEventsRefused", what);
                }
            } catch (UnavailableException unavailable) {
                LOG.debug("nobody takes an event about task events: {}", unavailable.getMessage());
            }
        });
    }

    @Override
    public void close() {
        events.close();
    }
}
