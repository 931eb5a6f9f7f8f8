package dev.xebec.node.environment;

import com.fasterxml.jackson.databind.JsonNode;
import dev.xebec.model.object.ApiObject;
import dev.xebec.model.quantity.Quantity;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What a pod may learn of itself: {@code fieldRef} and {@code resourceFieldRef}.
 *
 * @param cpuMillis what an unlimited container may use, in thousandths of a CPU; @param memoryBytes likewise
 *
 * <p>Source: Kubernetes {@code pkg/fieldpath}, {@code pkg/api/v1/resource}.
 */
public record PodFacts(ApiObject pod, String podIp, String hostIp, long cpuMillis, long memoryBytes) {

    /** The value at a path such as {@code metadata.labels['app']}. */
    public String field(String path) {
        int bracket = path.indexOf("['");
        if (bracket > 0 && path.endsWith("']")) {
            String key = path.substring(bracket + 2, path.length() - 2);
            return switch (path.substring(0, bracket)) {
                case "metadata.labels" -> pod.labels().getOrDefault(key, "");
                case "metadata.annotations" -> pod.annotations().getOrDefault(key, "");
                default -> throw unsupported(path);
            };
        }
        return switch (path) {
            case "metadata.name" -> pod.name();
            case "metadata.namespace" -> pod.namespace();
            case "metadata.uid" -> pod.uid();
            case "metadata.labels" -> lines(pod.labels());
            case "metadata.annotations" -> lines(pod.annotations());
            case "spec.nodeName" -> pod.spec().path("nodeName").asText("");
            case "spec.serviceAccountName" -> pod.spec().path("serviceAccountName").asText("");
            case "status.hostIP", "status.hostIPs" -> hostIp;
            case "status.podIP", "status.podIPs" -> podIp;
            default -> throw unsupported(path);
        };
    }

    private static MissingReferenceException unsupported(String path) {
        return new MissingReferenceException("unsupported fieldPath: " + path);
    }

    private static String lines(Map<String, String> map) {
        return new TreeMap<>(map).entrySet().stream()
                .map(each -> each.getKey() + "=\"" + each.getValue().replace("\\", "\\\\").replace("\"", "\\\"")
                        .replace("\n", "\\n") + "\"")
                .collect(Collectors.joining("\n"));
    }

    /** A container's own limit or request, in units of the divisor, rounded up. */
    public String resource(JsonNode container, JsonNode reference) {
        String resource = reference.path("resource").asText("");
        String[] parts = resource.split("\\.", 2);
        if (parts.length != 2 || !(parts[0].equals("limits") || parts[0].equals("requests"))) {
            throw new MissingReferenceException("unsupported container resource : " + resource);
        }
        boolean cpu = parts[1].equals("cpu");
        String declared = container.path("resources").path(parts[0]).path(parts[1]).asText("");
        BigDecimal millis = declared.isEmpty()
                ? unlimited(parts[0], parts[1])
                : BigDecimal.valueOf(cpu ? Quantity.parse(declared).milliValue() : Quantity.parse(declared).value())
                        .multiply(BigDecimal.valueOf(cpu ? 1 : 1_000));
        String divisor = reference.path("divisor").asText("");
        long divisorMillis = divisor.isEmpty() || divisor.equals("0") ? 1_000 : Quantity.parse(divisor).milliValue();
        return millis.divide(BigDecimal.valueOf(divisorMillis), 0, RoundingMode.CEILING).toPlainString();
    }

    private BigDecimal unlimited(String kind, String resource) {
        if (kind.equals("requests")) {
            return BigDecimal.ZERO;
        }
        return switch (resource) {
            case "cpu" -> BigDecimal.valueOf(cpuMillis);
            case "memory" -> BigDecimal.valueOf(memoryBytes).multiply(BigDecimal.valueOf(1_000));
            default -> BigDecimal.ZERO;
        };
    }
}
