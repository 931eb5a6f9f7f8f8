package dev.xebec.node.worker;

import dev.xebec.kit.client.Resources;
import dev.xebec.model.object.ApiObject;
import dev.xebec.node.environment.NamespaceServices;
import dev.xebec.node.environment.ReferencedObjects;
import dev.xebec.node.probe.Prober;
import dev.xebec.node.runtime.ContainerRuntime;
import dev.xebec.node.volume.TokenSource;
import java.time.InstantSource;
import java.util.Map;

/**
 * What the pod workers of one node share.
 *
 * @param environment what every container is given, such as where the API is
 * @param cpuMillis what the node has; @param memoryBytes likewise
 */
public record WorkerContext(String nodeName, String hostIp, ContainerRuntime runtime, Prober prober,
        Resources resources,
        ReferencedObjects objects, NamespaceServices services, TokenSource tokens, Events events, InstantSource clock,
        Map<String, String> environment, long cpuMillis, long memoryBytes) {

    /** Tells the cluster what happened to a pod; never fails. */
    public interface Events {
        void emit(ApiObject about, String type, String reason, String message);
    }
}
