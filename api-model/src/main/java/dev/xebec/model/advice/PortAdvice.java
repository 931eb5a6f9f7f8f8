package dev.xebec.model.advice;

import com.fasterxml.jackson.databind.JsonNode;
import dev.xebec.model.object.GoString;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Ports of a pod's containers that get in each other's way. Source: {@code pkg/api/pod/warnings.go} of Kubernetes. */
final class PortAdvice {
    private final List<Port> seen = new ArrayList<>();
    private final Told told;

    private PortAdvice(Told told) {
        this.told = told;
    }

    private record Port(String path, String name, long hostPort, long number, String protocol, String hostIp) {
        static Port of(JsonNode port, String path) {
            return new Port(path, port.path("name").asText(""), port.path("hostPort").asLong(0),
                    port.path("containerPort").asLong(0), port.path("protocol").asText(""),
                    port.path("hostIP").asText(""));
        }

        String shown() {
            return "{Name:" + name + " HostPort:" + hostPort + " ContainerPort:" + number + " Protocol:" + protocol
                    + " HostIP:" + hostIp + "}";
        }
    }

    /** @param containers of a pod, by path */
    static void ports(Map<String, JsonNode> containers, Told told) {
        if (containers.values().stream().allMatch(container -> container.path("ports").isEmpty())) {
            return;
        }
        PortAdvice advice = new PortAdvice(told);
        containers.forEach((path, container) -> {
            JsonNode ports = container.path("ports");
            for (int at = 0; at < ports.size(); at++) {
                advice.number(Port.of(ports.get(at), path + ".ports[" + at + "]"));
            }
        });
        advice.names();
    }

    private void number(Port port) {
        if (!port.hostIp.isEmpty() && port.hostPort == 0) {
            told.say(port.path, "hostIP set without hostPort: " + port.shown());
        }
        for (Port other : seen) {
            if (other.number == port.number && other.protocol.equals(port.protocol)) {
                beside(port, other);
            }
        }
        seen.add(port);
    }

    private void beside(Port port, Port other) {
        if (port.hostIp.equals(other.hostIp) && port.hostPort == other.hostPort) {
            told.say(port.path, "duplicate port definition with " + other.path);
        } else if (port.hostPort == 0 || other.hostPort == 0) {
            told.say(port.path, "overlapping port definition with " + other.path);
        } else if (port.hostPort == other.hostPort && port.hostIp.isEmpty() != other.hostIp.isEmpty()) {
            told.say(port.path, "dangerously ambiguous port definition with " + other.path);
        }
    }

    private void names() {
        Map<String, String> paths = new HashMap<>();
        for (Port port : seen) {
            String other = port.name.isEmpty() ? null : paths.putIfAbsent(port.name, port.path);
            if (other != null) {
                told.say(port.path, "duplicate port name " + GoString.quoted(port.name) + " with " + other
                        + ", services and probes that select ports by name will use " + other);
            }
        }
    }
}
