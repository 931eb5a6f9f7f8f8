package dev.xebec.model.protobuf;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import dev.xebec.model.kind.Kind;
import dev.xebec.model.kind.KindRegistry;
import dev.xebec.model.schema.Schema.Field;
import dev.xebec.model.schema.Schema.ListOf;
import dev.xebec.model.schema.Schema.MapOf;
import dev.xebec.model.schema.Schema.Scalar;
import dev.xebec.model.schema.Schema.Struct;
import dev.xebec.model.schema.Schema.Untyped;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Compares the descriptions with what Kubernetes publishes of its protobuf messages: nothing may be missing. */
class DescriptionCoverageTest {
    private static final KindRegistry REGISTRY = KindRegistry.builtIn();
    /** Messages that are leaves or lists in JSON, or fields of the message around them, or that 1.37 no longer has. */
    private static final Set<String> NO_TYPES = Set.of("ExtraValue", "Verbs", "Time", "MicroTime", "Timestamp",
            "Duration", "FieldsV1", "JSON", "JSONSchemaPropsOrArray", "JSONSchemaPropsOrBool",
            "JSONSchemaPropsOrStringArray", "VolumeSource", "PersistentVolumeSource", "ProbeHandler",
            "EphemeralContainerCommon", "IngressRuleValue", "Rule", "DeviceConfiguration", "List", "TypeMeta",
            "NodeAllocatableResourceMapping", "GroupKind", "GroupVersion", "GroupVersionKind", "GroupVersionResource",
            "InternalEvent");

    /** Lists of no kind, and of versions whose messages outlived them: Kubernetes does not serve them any more. */
    private static final Set<String> NOT_SERVED = Set.of("core.v1.List", "meta.v1.List",
            "meta.v1.PartialObjectMetadataList", "certificates.v1beta1.CertificateSigningRequestList",
            "admissionregistration.v1beta1.MutatingWebhookConfigurationList",
            "admissionregistration.v1beta1.ValidatingWebhookConfigurationList",
            "admissionregistration.v1beta1.ValidatingAdmissionPolicyList",
            "admissionregistration.v1beta1.ValidatingAdmissionPolicyBindingList");

    @Test
    void everyPublishedListIsOfADescribedKind() {
        Set<String> described = REGISTRY.all().stream()
                .map(kind -> ((Struct) kind.schema()).typeName() + "List").collect(Collectors.toSet());
        Set<String> missing = new TreeSet<>();
        messages(message -> message.getName().endsWith("List") && message.findFieldByName("metadata") != null)
                .filter(name -> !described.contains(name)).forEach(missing::add);
        missing.removeAll(NOT_SERVED);
        assertThat(missing).isEmpty();
    }

    @Test
    void everyPublishedMessageThatAKindLeadsToIsDescribed() {
        Set<String> missing = new TreeSet<>();
        for (Kind kind : REGISTRY.all()) {
            String typeName = ((Struct) kind.schema()).typeName();
            PublishedDescriptors.message(typeName).ifPresent(message -> reach(message, new TreeSet<>(), missing));
        }
        assertThat(missing).isEmpty();
    }

    private static void reach(Descriptor message, Set<String> seen, Set<String> missing) {
        String typeName = typeName(message);
        if (!seen.add(typeName)) {
            return;
        }
        if (typeName.startsWith("other.") || NO_TYPES.contains(message.getName())) {
            return;
        }
        if (!message.toProto().getOptions().getMapEntry() && REGISTRY.type(typeName).isEmpty()) {
            missing.add(typeName);
        }
        message.getFields().stream().filter(field -> field.getType() == FieldDescriptor.Type.MESSAGE)
                .forEach(field -> reach(field.getMessageType(), seen, missing));
    }

    @Test
    void leavesAreOfTheirPublishedTypes() {
        Set<String> wrong = new TreeSet<>();
        PublishedDescriptors.packages().forEach((name, file) -> file.getMessageTypes()
                .forEach(message -> REGISTRY.type(name + "." + message.getName())
                        .ifPresent(struct -> leaves(struct, message, wrong))));
        assertThat(wrong).isEmpty();
    }

    private static void leaves(Struct struct, Descriptor message, Set<String> wrong) {
        for (Field field : struct.fields().values()) {
            FieldDescriptor published = message.findFieldByName(field.jsonName());
            if (published == null) {
                continue;
            }
            boolean fits = field.protoPath().length == 1
                    ? field.protoPath()[0] == published.getNumber()
                    : field.jsonName().equals("verbs");
            fits &= switch (field.schema()) {
                case ListOf list ->
                    published.isRepeated() && !published.isMapField() || field.jsonName().equals("verbs");
                case MapOf map -> published.isMapField();
                case Struct inner -> published.getType() == FieldDescriptor.Type.MESSAGE && !published.isRepeated();
                case Untyped untyped -> false;
                case Scalar scalar -> !published.isRepeated() && LEAVES.get(scalar.type()) == published.getType();
            };
            if (!fits) {
                wrong.add(struct.typeName() + "." + field.jsonName());
            }
        }
    }

    private static final Map<Scalar.Type, FieldDescriptor.Type> LEAVES = Map.ofEntries(
            Map.entry(Scalar.Type.STRING, FieldDescriptor.Type.STRING),
            Map.entry(Scalar.Type.BOOLEAN, FieldDescriptor.Type.BOOL),
            Map.entry(Scalar.Type.INT32, FieldDescriptor.Type.INT32),
            Map.entry(Scalar.Type.INT64, FieldDescriptor.Type.INT64),
            Map.entry(Scalar.Type.DOUBLE, FieldDescriptor.Type.DOUBLE),
            Map.entry(Scalar.Type.BYTES, FieldDescriptor.Type.BYTES),
            Map.entry(Scalar.Type.TIME, FieldDescriptor.Type.MESSAGE),
            Map.entry(Scalar.Type.MICRO_TIME, FieldDescriptor.Type.MESSAGE),
            Map.entry(Scalar.Type.DURATION, FieldDescriptor.Type.MESSAGE),
            Map.entry(Scalar.Type.QUANTITY, FieldDescriptor.Type.MESSAGE),
            Map.entry(Scalar.Type.INT_OR_STRING, FieldDescriptor.Type.MESSAGE),
            Map.entry(Scalar.Type.ANY, FieldDescriptor.Type.MESSAGE));

    private static java.util.stream.Stream<String> messages(java.util.function.Predicate<Descriptor> wanted) {
        return PublishedDescriptors.packages().entrySet().stream().flatMap(entry -> entry.getValue().getMessageTypes()
                .stream().filter(wanted).map(message -> entry.getKey() + "." + message.getName()));
    }

    /** Our name of the message's package, or {@code other} for one that we have no descriptions of. */
    private static String typeName(Descriptor message) {
        return PublishedDescriptors.packages().entrySet().stream()
                .filter(entry -> entry.getValue() == message.getFile()).findFirst().map(Map.Entry::getKey)
                .orElse("other")
                + "." + message.getName();
    }
}
