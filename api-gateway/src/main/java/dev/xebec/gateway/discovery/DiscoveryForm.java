package dev.xebec.gateway.discovery;

import dev.xebec.gateway.encode.MediaType;
import dev.xebec.model.discovery.Discovery;
import dev.xebec.model.status.RejectedException;
import dev.xebec.model.status.Status;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The form of discovery that a client asks for: one document for everything, or one per group and version. */
enum DiscoveryForm {
    AGGREGATED(Discovery.AGGREGATED_MEDIA_TYPE), BY_VERSION("application/json");

    private final String contentType;

    DiscoveryForm(String contentType) {
        this.contentType = contentType;
    }

    /** What an answer's Content-Type has to be: clients tell the forms apart by it. */
    String contentType() {
        return contentType;
    }

    /** The first servable one of an Accept header; refuses with 406 where there is none. */
    static DiscoveryForm of(String accept, boolean canAggregate) {
        if (accept.isEmpty()) {
            return BY_VERSION;
        }
        for (MediaType type : MediaType.parseAccept(accept)) {
            DiscoveryForm form = of(type);
            if (form != null && (canAggregate || form == BY_VERSION)) {
                return form;
            }
        }
        throw new RejectedException(Status.notAcceptable(List.of("application/json")));
    }

    private static @Nullable DiscoveryForm of(MediaType type) {
        boolean json = switch (type.name()) {
            case "application/json", "application/*", "*/*" -> true;
            default -> false;
        };
        if (!json) {
            return null;
        }
        if (type.parameter("as").isEmpty()) {
            return BY_VERSION;
        }
        boolean discovery = type.parameter("as").equals("APIGroupDiscoveryList")
                && type.parameter("g").equals("apidiscovery.k8s.io");
        if (!discovery) {
            return null;
        }
        return type.parameter("v").equals("v2") ? AGGREGATED : null;
    }
}
