package dev.xebec.node.stream;

import dev.xebec.contracts.Bytes;
import dev.xebec.contracts.UnavailableException;
import dev.xebec.contracts.codec.NodeCodec;
import dev.xebec.contracts.node.NodeStreamRequest;
import dev.xebec.kit.bus.Bus;
import dev.xebec.kit.bus.BusStream;
import dev.xebec.model.status.RejectedException;
import dev.xebec.model.status.Status;
import dev.xebec.node.runtime.ContainerId;
import dev.xebec.node.runtime.ContainerRuntime;
import dev.xebec.node.runtime.ContainerState;
import dev.xebec.node.runtime.PodSandbox;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/**
 * The node's side of {@code kubectl logs}, {@code exec}, {@code attach} and {@code port-forward}, and of what proxies reach. A
 * stream ends with one frame on the status
 * channel, also when it is refused.
 */
public final class NodeStreams implements AutoCloseable {
    private final ContainerRuntime runtime;
    private final NodeEndpoints endpoints;
    private final Bus.Registration registration;

    public NodeStreams(Bus bus, String node, ContainerRuntime runtime, NodeEndpoints endpoints) {
        this.runtime = runtime;
        this.endpoints = endpoints;
        this.registration = bus.serveStreams(NodeStreamRequest.address(node), this::serve);
    }

    private void serve(Bytes opening, BusStream stream) {
        NodeStreamRequest request = NodeCodec.request(opening);
        Bytes last;
        try {
            last = switch (request.type()) {
                case LOGS -> LogStream.serve(runtime, find(request), request, stream);
                case EXEC -> ExecStream.serve(runtime, find(request), request, stream);
                case ATTACH -> AttachStream.serve(runtime, find(request), request, stream);
                case FORWARD -> PortStream.serve(runtime, request, stream);
                case NODE -> endpoints.serve(request.command(), stream);
            };
        } catch (RejectedException refused) {
            last = Frames.failure(refused.status());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new UnavailableException("the node agent stops", interrupted);
        }
        stream.send(last);
        stream.end();
    }

    /** The attempt that is meant; refuses what is not there in a kubelet's words. */
    private ContainerId find(NodeStreamRequest request) {
        PodSandbox pod = runtime.pods().stream()
                .filter(each -> each.namespace().equals(request.namespace()) && each.name().equals(request.pod())
                        && (request.uid().isEmpty() || each.uid().equals(request.uid())))
                .findFirst().orElseThrow(() -> new RejectedException(Status.badRequest(
                        "container \"" + request.container() + "\" in pod \"" + request.pod()
                                + "\" is waiting to start: ContainerCreating")));
        List<ContainerState> states = runtime.containers(pod.uid());
        String container = request.container();
        if (container.isEmpty()) {
            TreeSet<String> names = new TreeSet<>();
            states.forEach(each -> names.add(each.id().container()));
            if (names.size() > 1) {
                throw new RejectedException(Status.badRequest("a container name must be specified for pod "
                        + request.pod() + ", choose one of: [" + String.join(" ", names) + "]"));
            }
            container = names.isEmpty() ? "" : names.first();
        }
        List<ContainerId> attempts = new ArrayList<>();
        for (ContainerState each : states) {
            if (each.id().container().equals(container)) {
                attempts.add(each.id());
            }
        }
        int wanted = attempts.size() - (request.previous() ? 2 : 1);
        if (wanted < 0) {
            throw new RejectedException(Status.badRequest(request.previous()
                    ? "previous terminated container \"" + container + "\" in pod \"" + request.pod() + "\" not found"
                    : "container \"" + container + "\" in pod \"" + request.pod()
                            + "\" is waiting to start: ContainerCreating"));
        }
        return attempts.get(wanted);
    }

    @Override
    public void close() {
        registration.close();
    }
}
