package dev.xebec.gateway.encode;

import dev.xebec.gateway.request.Call;
import dev.xebec.gateway.request.Verb;
import dev.xebec.model.kind.Kind;
import dev.xebec.model.protobuf.ProtobufEncoder;
import dev.xebec.model.status.FieldError;
import dev.xebec.model.status.RejectedException;
import dev.xebec.model.status.Status;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The form that an answer has: the first one of the Accept header that can be served. Source: apiserver
 * {@code endpoints/handlers/negotiation} and {@code endpoints/handlers/rest.go}.
 *
 * @param shape of the objects
 * @param includeObject of a Table's rows: None, Metadata or Object
 * @param version of a Table or a PartialObjectMetadata, {@code v1} or {@code v1beta1}
 * @param pretty whether JSON is indented for people
 */
public record OutputForm(Shape shape, Format format, String includeObject, String version, boolean pretty) {
    public static final OutputForm PLAIN = new OutputForm(Shape.OBJECT, Format.JSON, "", "v1", false);
    private static final List<Format> SERVED = List.of(Format.values());

    /** What the answer shows of an object. */
    public enum Shape {
        OBJECT, TABLE, PARTIAL
    }

    /** How it is written, by the server's preference. */
    public enum Format {
        JSON("application/json"), YAML("application/yaml"), PROTOBUF(ProtobufEncoder.MEDIA_TYPE);

        private final String mediaType;

        Format(String mediaType) {
            this.mediaType = mediaType;
        }

        public String mediaType() {
            return mediaType;
        }
    }

    /** Refuses with 406 where nothing that is asked for can be served. */
    public static OutputForm of(Call call) {
        OutputForm form = find(call);
        if (form == null) {
            throw new RejectedException(Status.notAcceptable(SERVED.stream().map(Format::mediaType).toList()));
        }
        return form;
    }

    /** As {@link #of} for a stream of events, of which there is none in YAML. */
    public static OutputForm ofWatch(Call call) {
        OutputForm form = of(call);
        if (form.format() == Format.YAML) {
            throw new RejectedException(Status.notAcceptable(SERVED.stream().filter(format -> format != Format.YAML)
                    .map(format -> format.mediaType() + ";stream=watch").toList()));
        }
        return form.pretty()
                ? new OutputForm(form.shape(), form.format(), form.includeObject(), form.version(), false)
                : form;
    }

    /** In which format a Status is shown to who sends this header; JSON where nothing of it fits. */
    public static Format ofStatus(String accept) {
        if (isPlain(accept)) {
            return Format.JSON;
        }
        for (MediaType type : MediaType.parseAccept(accept)) {
            if (type.parameter("as").isEmpty() && type.parameter("g").isEmpty() && type.parameter("v").isEmpty()) {
                for (Format format : SERVED) {
                    if (type.covers(format.mediaType())) {
                        return format;
                    }
                }
            }
        }
        return Format.JSON;
    }

    private static boolean isPlain(String accept) {
        return accept.isEmpty() || accept.equals("*/*") || accept.equals("application/json");
    }

    private static @Nullable OutputForm find(Call call) {
        String accept = call.request().accept();
        if (isPlain(accept)) {
            return prettyByQuery(call) ? new OutputForm(Shape.OBJECT, Format.JSON, "", "v1", true) : PLAIN;
        }
        for (MediaType type : MediaType.parseAccept(accept)) {
            for (Format format : SERVED) {
                OutputForm form = type.covers(format.mediaType()) ? of(type, format, call) : null;
                if (form != null) {
                    return form;
                }
            }
        }
        return null;
    }

    private static @Nullable OutputForm of(MediaType type, Format format, Call call) {
        String stream = type.parameter("stream");
        if (!stream.isEmpty() && (!stream.equals("watch") || format == Format.YAML)) {
            return null;
        }
        boolean pretty = format == Format.JSON && (type.parameter("pretty").equals("1") || prettyByQuery(call));
        String version = type.parameter("v");
        boolean transformed = !type.parameter("as").isEmpty() || !type.parameter("g").isEmpty() || !version.isEmpty();
        if (!transformed) {
            Kind kind = call.info().kind();
            boolean mute = format == Format.PROTOBUF && kind != null && !speaksProtobuf(kind);
            return mute ? null : new OutputForm(Shape.OBJECT, format, "", "v1", pretty);
        }
        boolean known = type.parameter("g").equals("meta.k8s.io")
                && (version.equals("v1") || version.equals("v1beta1"));
        return switch (known ? type.parameter("as") : "") {
            case "Table" -> format == Format.PROTOBUF || !tabular(call)
                    ? null
                    : new OutputForm(Shape.TABLE, format, includeObject(call), version, pretty);
            case "PartialObjectMetadata", "PartialObjectMetadataList" -> {
                checkPartial(type.parameter("as"), call);
                yield new OutputForm(Shape.PARTIAL, format, "", version, pretty);
            }
            default -> null;
        };
    }

    /** What is never listed is shown in no table. Source: apiserver {@code endpoints/handlers/rest.go}. */
    private static boolean tabular(Call call) {
        Kind kind = call.info().kind();
        return kind == null || kind.verbs().contains("list");
    }

    /** The metadata of a list is asked for by another name than that of an object. */
    private static void checkPartial(String as, Call call) {
        boolean list = call.info().verb() == Verb.LIST || call.info().verb() == Verb.DELETE_COLLECTION;
        if (list != as.equals("PartialObjectMetadataList")) {
            throw new RejectedException(new Status(406, "NotAcceptable", "you requested " + as
                    + ", but the requested object is " + (list ? "a list" : "not a list") + " (" + goType(call, list)
                    + ")", "", "", "", "", List.of(),
                    0));
        }
    }

    /** What Kubernetes holds it as. */
    private static String goType(Call call, boolean list) {
        Kind kind = call.info().servedKind();
        if (kind.custom() != null) {
            return "*unstructured.Unstructured" + (list ? "List" : "");
        }
        String group = kind.storedAs().group();
        return "*" + (group.isEmpty() ? "core" : group.replaceFirst("\\..*", "")) + "."
                + (list ? kind.listKind() : kind.name().kind());
    }

    /** Custom resources are only spoken in JSON and YAML, as are kinds whose field numbers are not known. */
    static boolean speaksProtobuf(Kind kind) {
        return kind.custom() == null && ProtobufEncoder.speaks(kind.schema());
    }

    /** Browsers and their like are shown indented text unless they say otherwise. */
    private static boolean prettyByQuery(Call call) {
        String pretty = call.query("pretty");
        if (!pretty.isEmpty()) {
            return List.of("1", "t", "true").contains(pretty.toLowerCase(Locale.ROOT));
        }
        String agent = call.request().userAgent();
        return agent.startsWith("curl") || agent.startsWith("Wget") || agent.startsWith("Mozilla/5.0");
    }

    private static String includeObject(Call call) {
        String include = call.query("includeObject");
        return switch (include) {
            case "" -> "Metadata";
            case "None", "Metadata", "Object" -> include;
            default -> throw new RejectedException(Status.badRequest("Unable to convert to Table as requested: "
                    + FieldError.notSupported("includeObject", include, List.of("None", "Metadata", "Object", ""))));
        };
    }

    public String contentType() {
        return format.mediaType();
    }
}
