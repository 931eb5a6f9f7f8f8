package dev.xebec.model.cel;

import dev.cel.common.types.CelType;
import dev.cel.common.types.ListType;
import dev.cel.common.types.OpaqueType;
import dev.cel.common.types.OptionalType;
import dev.cel.common.types.SimpleType;
import dev.xebec.model.names.Names;
import dev.xebec.model.structural.Formats;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Kubernetes' own formats of names and values. Source: apiserver {@code pkg/cel/library/format.go}. */
final class FormatLibrary {
    private static final CelType TYPE = OpaqueType.create("kubernetes.NamedFormat");
    private static final Map<String, Format> FORMATS = formats();

    static final List<CelFunction> FUNCTIONS = functions();

    private FormatLibrary() {}

    /** A format, and what is wrong with a text that has not got it. */
    private record Format(String name, Function<String, List<String>> wrong) {}

    private static Map<String, Format> formats() {
        Map<String, Format> formats = new LinkedHashMap<>();
        add(formats, "dns1123Label", "DNS1123Label", Names::label);
        add(formats, "dns1123Subdomain", "DNS1123Subdomain", Names::subdomain);
        add(formats, "dns1035Label", "DNS1035Label", Names::label1035);
        add(formats, "qualifiedName", "QualifiedName", Names::qualified);
        add(formats, "dns1123LabelPrefix", "DNS1123LabelPrefix", text -> Names.label(masked(text)));
        add(formats, "dns1123SubdomainPrefix", "DNS1123SubdomainPrefix", text -> Names.subdomain(masked(text)));
        add(formats, "dns1035LabelPrefix", "DNS1035LabelPrefix", text -> Names.label1035(masked(text)));
        add(formats, "labelValue", "LabelValue", Names::labelValue);
        add(formats, "uri", "URI", text -> Formats.matches("uri", text)
                ? List.of()
                : List.of("parse \"" + text + "\": invalid URI for request"));
        add(formats, "uuid", "uuid", said("uuid", "does not match the UUID format"));
        add(formats, "byte", "byte", said("byte", "invalid base64"));
        add(formats, "date", "date", said("date", "invalid date"));
        add(formats, "datetime", "datetime", said("datetime", "invalid datetime"));
        return formats;
    }

    private static void add(Map<String, Format> formats, String name, String shown,
            Function<String, List<String>> wrong) {
        formats.put(name, new Format(shown, wrong));
    }

    private static Function<String, List<String>> said(String format, String wrong) {
        return text -> Formats.matches(format, text) ? List.of() : List.of(wrong);
    }

    /** A prefix may end with a hyphen. */
    private static String masked(String prefix) {
        return prefix.length() > 1 && prefix.endsWith("-") ? prefix.substring(0, prefix.length() - 2) + "a" : prefix;
    }

    private static List<CelFunction> functions() {
        List<CelFunction> functions = new ArrayList<>();
        FORMATS.forEach((name, format) -> functions.add(CelFunction.global("format." + name, "format." + name, TYPE,
                List.of(), List.of(), arguments -> format)));
        functions.add(CelFunction.global("format.named", "format-named", OptionalType.create(TYPE),
                List.of(SimpleType.STRING), List.of(String.class),
                arguments -> Optional.ofNullable(FORMATS.get((String) arguments[0]))));
        functions.add(CelFunction.member("validate", "format-validate",
                OptionalType.create(ListType.create(SimpleType.STRING)), List.of(TYPE, SimpleType.STRING),
                List.of(Format.class, String.class), arguments -> {
                    List<String> wrong = ((Format) arguments[0]).wrong().apply((String) arguments[1]);
                    return wrong.isEmpty() ? Optional.empty() : Optional.of(wrong);
                }));
        return functions;
    }
}
