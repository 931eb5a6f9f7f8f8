package dev.xebec.gateway.encode;

import dev.xebec.gateway.request.Call;
import dev.xebec.model.status.RejectedException;
import dev.xebec.model.status.Status;
import java.util.List;

/**
 * The form that an answer has: the first one of the Accept header that can be served.
 *
 * @param shape of the objects
 * @param yaml as YAML instead of JSON
 * @param includeObject of a Table's rows: None, Metadata or Object
 * @param version of a Table or a PartialObjectMetadata, {@code v1} or {@code v1beta1}
 */
public record OutputForm(Shape shape, boolean yaml, String includeObject, String version) {
    public static final OutputForm PLAIN = new OutputForm(Shape.OBJECT, false, "", "v1");
    static final List<String> SERVED = List.of("application/json", "application/yaml");

    /** What the answer shows of an object. */
    public enum Shape {
        OBJECT, TABLE, PARTIAL
    }

    /** Refuses with 406 where nothing that is asked for can be served. */
    public static OutputForm of(Call call) {
        String accept = call.request().accept();
        if (accept.isEmpty() || accept.equals("*/*") || accept.equals("application/json")
                || accept.startsWith("application/json,")) {
            return PLAIN;
        }
        for (MediaType type : MediaType.parseAccept(accept)) {
            OutputForm form = of(type, call);
            if (form != null) {
                return form;
            }
        }
        throw new RejectedException(Status.notAcceptable(SERVED));
    }

    private static @org.jspecify.annotations.Nullable OutputForm of(MediaType type, Call call) {
        boolean yaml = type.name().equals("application/yaml");
        boolean json = type.name().equals("application/json") || type.name().equals("*/*")
                || type.name().equals("application/*");
        if (!json && !yaml) {
            return null;
        }
        String as = type.parameter("as");
        String version = type.parameter("v").isEmpty() ? "v1" : type.parameter("v");
        boolean known = type.parameter("g").equals("meta.k8s.io")
                && (version.equals("v1") || version.equals("v1beta1"));
        return switch (as) {
            case "" -> new OutputForm(Shape.OBJECT, yaml, "", "v1");
            case "Table" -> known ? new OutputForm(Shape.TABLE, yaml, includeObject(call), version) : null;
            case "PartialObjectMetadata", "PartialObjectMetadataList" ->
                known ? new OutputForm(Shape.PARTIAL, yaml, "", version) : null;
            default -> null;
        };
    }

    private static String includeObject(Call call) {
        String include = call.query("includeObject");
        return switch (include) {
            case "" -> "Metadata";
            case "None", "Metadata", "Object" -> include;
            default -> throw new RejectedException(Status.badRequest("unrecognized includeObject value: \"" + include
                    + "\""));
        };
    }

    public String contentType() {
        return yaml ? "application/yaml" : "application/json";
    }
}
