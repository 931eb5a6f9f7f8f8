package dev.xebec.model.facts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.xebec.model.kind.Kind;
import dev.xebec.model.kind.KindRegistry;
import dev.xebec.model.schema.Schema;
import dev.xebec.model.schema.Schema.ListOf;
import dev.xebec.model.schema.Schema.MapOf;
import dev.xebec.model.schema.Schema.Scalar;
import dev.xebec.model.schema.Schema.Struct;
import dev.xebec.model.schema.Schema.Untyped;
import io.fabric8.kubernetes.api.model.Duration;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.MicroTime;
import io.fabric8.kubernetes.api.model.Quantity;
import java.lang.reflect.Type;
import java.time.ZonedDateTime;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Compares fields and types of every kind with published Java models of the same version, both ways. */
class KindFieldsTest {
    /** Kinds of ours, and why the published models lack them. */
    private static final Set<String> NO_MODEL = Set.of(
            // Kubernetes has none: the cluster's own.
            "cluster.xebec.dev/v1alpha1");

    private final Set<String> differences = new TreeSet<>();
    private final Set<String> seen = new HashSet<>();
    private int compared;

    @Test
    void everyFieldOfEveryKindIsWhatIsPublished() {
        for (Kind kind : KindRegistry.builtIn().all()) {
            if (NO_MODEL.contains(kind.groupVersion().toString())) {
                continue;
            }
            PublishedModels.of(kind.name()).ifPresentOrElse(
                    model -> struct((Struct) kind.schema(), model, kind.name().toString()),
                    () -> differences.add(kind.name() + " has no published model"));
        }
        assertThat(differences).isEmpty();
        assertThat(compared).isGreaterThan(2_500);
    }

    private void struct(Struct ours, Class<?> theirs, String path) {
        if (!seen.add(ours.typeName())) {
            return;
        }
        Map<String, Type> published = PublishedModels.fields(theirs);
        for (Schema.Field field : ours.fields().values()) {
            Type type = published.get(field.jsonName());
            compared++;
            if (type == null) {
                differences.add(ours.typeName() + "." + field.jsonName() + " is ours alone");
            } else {
                value(field.schema(), type, ours.typeName() + "." + field.jsonName());
            }
        }
        published.keySet().stream().filter(name -> ours.field(name) == null)
                .forEach(name -> differences.add(ours.typeName() + "." + name + " is missing"));
    }

    private void value(Schema ours, Type type, String path) {
        Class<?> raw = PublishedModels.raw(type);
        switch (ours) {
            case ListOf list when List.class.isAssignableFrom(raw) ->
                value(list.items(), PublishedModels.element(type), path + "[]");
            case MapOf map when Map.class.isAssignableFrom(raw) ->
                value(map.values(), PublishedModels.element(type), path + "{}");
            case Struct struct when !raw.getName().startsWith("java.") -> struct(struct, raw, path);
            case Scalar scalar when fits(scalar.type(), raw) -> {
            }
            case ListOf list -> differences.add(path + " is a list here, there " + raw.getSimpleName());
            case MapOf map -> differences.add(path + " is a map here, there " + raw.getSimpleName());
            case Struct struct -> differences.add(path + " is a structure here, there " + raw.getSimpleName());
            case Scalar scalar ->
                differences.add(path + " is " + scalar.type() + " here, there " + raw.getSimpleName());
            case Untyped untyped -> differences.add(path + " has no type here, there " + raw.getSimpleName());
        }
    }

    private static boolean fits(Scalar.Type ours, Class<?> theirs) {
        return switch (ours) {
            case STRING, BYTES, TIME -> theirs == String.class;
            case BOOLEAN -> theirs == Boolean.class;
            case INT32 -> theirs == Integer.class;
            case INT64 -> theirs == Long.class;
            case DOUBLE -> theirs == Double.class;
            // They have two classes for it.
            case MICRO_TIME -> theirs == MicroTime.class || theirs == ZonedDateTime.class;
            case DURATION -> theirs == Duration.class;
            case QUANTITY -> theirs == Quantity.class;
            case INT_OR_STRING -> theirs == IntOrString.class;
            // Any JSON: a class of its own there, or Object.
            case ANY -> !Number.class.isAssignableFrom(theirs) && theirs != String.class;
        };
    }
}
