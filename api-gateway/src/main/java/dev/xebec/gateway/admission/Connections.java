package dev.xebec.gateway.admission;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.gateway.registry.ObjectRegistry.Mode;
import dev.xebec.gateway.request.Call;
import dev.xebec.gateway.webhook.Operation;
import dev.xebec.model.object.GroupVersionKind;
import dev.xebec.model.object.Json;
import java.util.List;
import java.util.Map;

/**
 * Puts connections to pods, services and nodes to admission before they are made, as operation CONNECT. A webhook may
 * refuse one; what it would change of it is not heeded.
 *
 * <p>Source: apiserver {@code pkg/endpoints/handlers/rest.go}, ConnectResource.
 */
public final class Connections {
    private static final Map<String, String> OPTIONS = Map.of("pods/exec", "PodExecOptions", "pods/attach",
            "PodAttachOptions", "pods/portforward", "PodPortForwardOptions", "pods/proxy", "PodProxyOptions",
            "services/proxy", "ServiceProxyOptions", "nodes/proxy", "NodeProxyOptions");
    private static final List<String> FLAGS = List.of("stdin", "stdout", "stderr", "tty");

    private final Admission admission;

    public Connections(Admission admission) {
        this.admission = admission;
    }

    /** Asks whether it may be made, where {@code subresource}, such as {@code pods/exec}, is a connection. */
    public void admit(String subresource, Call call) {
        String name = OPTIONS.get(subresource);
        if (name != null) {
            GroupVersionKind kind = new GroupVersionKind("", "v1", name);
            admission.other(WriteRequest.of(call, Mode.REAL), call.info().key(), kind, Operation.CONNECT,
                    options(call, kind), null);
        }
    }

    private static ObjectNode options(Call call, GroupVersionKind kind) {
        ObjectNode options = Json.object().put("kind", kind.kind()).put("apiVersion", kind.apiVersion());
        if (kind.kind().endsWith("ProxyOptions")) {
            String path = call.info().subpath();
            return path.isEmpty() ? options : options.put("path", "/" + path);
        }
        for (String flag : FLAGS) {
            if (call.flag(flag)) {
                options.put(flag, true);
            }
        }
        if (!call.query("container").isEmpty()) {
            options.put("container", call.query("container"));
        }
        call.words("command").forEach(word -> options.withArray("command").add(word));
        call.words("ports").stream().filter(port -> port.matches("[0-9]{1,5}"))
                .forEach(port -> options.withArray("ports").add(Integer.parseInt(port)));
        return options;
    }
}
