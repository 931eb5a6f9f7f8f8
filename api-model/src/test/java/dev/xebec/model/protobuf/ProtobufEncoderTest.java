package dev.xebec.model.protobuf;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import dev.xebec.model.kind.Kind;
import dev.xebec.model.kind.KindRegistry;
import dev.xebec.model.object.GroupVersionKind;
import dev.xebec.model.object.Json;
import dev.xebec.model.schema.Schema.Struct;
import io.kubernetes.client.proto.Meta;
import io.kubernetes.client.proto.Runtime;
import io.kubernetes.client.proto.V1;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What we write is read by the published messages as what it was, and by our own decoder as well. */
class ProtobufEncoderTest {
    private static final KindRegistry REGISTRY = KindRegistry.builtIn();

    static List<GroupVersionKind> bodies() {
        return ProtobufDecoderTest.bodies();
    }

    private static Struct struct(GroupVersionKind name) {
        return REGISTRY.body(name).orElseThrow();
    }

    @ParameterizedTest
    @MethodSource("bodies")
    void everyFieldIsReadByThePublishedMessage(GroupVersionKind name) throws InvalidProtocolBufferException {
        var type = PublishedDescriptors.message(struct(name).typeName()).orElseThrow();
        FilledMessages.Filled filled = new FilledMessages().fill(type);
        byte[] wrapped = ProtobufEncoder.wrapped(struct(name), (ObjectNode) filled.json());
        Message read = DynamicMessage.parseFrom(type, message(wrapped));
        assertThat(shown(read)).isEqualTo(shown(filled.message()));
    }

    @ParameterizedTest
    @MethodSource("bodies")
    void ourDecoderReadsBackWhatOurEncoderWrites(GroupVersionKind name) {
        var type = PublishedDescriptors.message(struct(name).typeName()).orElseThrow();
        ObjectNode json = (ObjectNode) new FilledMessages().fill(type).json();
        ObjectNode object = Json.object().put("apiVersion", name.apiVersion()).put("kind", name.kind());
        object.setAll(json);
        byte[] body = ProtobufEncoder.body(name, ProtobufEncoder.wrapped(struct(name), object));
        ObjectNode back = ProtobufDecoder.decode(body, REGISTRY);
        assertThat(Json.same(Json.parse(Json.bytes(back)), Json.parse(Json.bytes(object)))).as(back + "\n" + object)
                .isTrue();
    }

    @Test
    void everyBuiltInKindOfAPublishedVersionSpeaksProtobuf() {
        List<Kind> mute = REGISTRY.all().stream().filter(kind -> !ProtobufEncoder.speaks(kind.schema()))
                .filter(kind -> PublishedDescriptors.message(((Struct) kind.schema()).typeName()).isPresent()).toList();
        assertThat(mute).isEmpty();
    }

    /** A wrapped message without its tag and length. */
    private static byte[] message(byte[] wrapped) {
        WireReader in = new WireReader(wrapped, 0, wrapped.length);
        assertThat(in.field()).isEqualTo(2);
        byte[] message = in.bytes();
        assertThat(in.hasMore()).isFalse();
        return message;
    }

    /** All set fields by name; without the parts of a second that JSON has no place for, and zeros that Go writes. */
    private static Map<String, Object> shown(Message message) {
        assertThat(message.getUnknownFields().asMap()).as(message.getDescriptorForType().getName()).isEmpty();
        String type = message.getDescriptorForType().getName();
        Map<String, Object> fields = new TreeMap<>();
        message.getAllFields().forEach((field, value) -> {
            boolean zero = type.equals("IntOrString") && (value.equals("") || value.equals(0) || value.equals(0L));
            boolean flag = type.equals("JSONSchemaPropsOrBool") && field.getName().equals("allows");
            if (!field.getName().equals("nanos") && !zero && !flag) {
                fields.put(field.getName(), field.getType() == FieldDescriptor.Type.MESSAGE
                        ? value instanceof List<?> list
                                ? list.stream().map(one -> shown((Message) one)).toList()
                                : shown((Message) value)
                        : value);
            }
        });
        return fields;
    }

    private static ObjectNode json(String json) {
        return Json.parseObject(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void anEnvelopeIsByteForByteWhatGoWrites() {
        byte[] body = ProtobufEncoder.body(new GroupVersionKind("", "v1", "Namespace"),
                ProtobufEncoder.wrapped(struct(new GroupVersionKind("", "v1", "Namespace")),
                        json("{'metadata':{'name':'a','labels':{'z':'1','b':'2'}}}")));
        ByteString metadata = Meta.ObjectMeta.newBuilder().setName("a").putLabels("b", "2").putLabels("z", "1").build()
                .toByteString();
        byte[] expected = ProtobufDecoderTest.envelope("v1", "Namespace",
                ByteString.copyFrom(new byte[]{0x0a, (byte) metadata.size()}).concat(metadata));
        assertThat(body).isEqualTo(expected);
    }

    @Test
    void aListIsItsWrappedItemsOneAfterAnother() throws InvalidProtocolBufferException {
        Struct pod = struct(new GroupVersionKind("", "v1", "Pod"));
        byte[] one = ProtobufEncoder.wrapped(pod, json("{'metadata':{'name':'one'}}"));
        byte[] two = ProtobufEncoder.wrapped(pod, json("{'metadata':{'name':'two'}}"));
        byte[] head = ProtobufEncoder.listHead(new GroupVersionKind("", "v1", "PodList"),
                REGISTRY.type("meta.v1.ListMeta").orElseThrow(),
                json("{'resourceVersion':'7','continue':'c','remainingItemCount':3}"), one.length + two.length);
        ByteString whole = ByteString.copyFrom(head).concat(ByteString.copyFrom(one)).concat(ByteString.copyFrom(two))
                .concat(ByteString.copyFrom(ProtobufEncoder.tail()));
        Runtime.Unknown envelope = Runtime.Unknown.parseFrom(whole.substring(4));
        assertThat(envelope.getTypeMeta().getKind()).isEqualTo("PodList");
        V1.PodList list = V1.PodList.parseFrom(envelope.getRaw());
        assertThat(list.getMetadata().getResourceVersion()).isEqualTo("7");
        assertThat(list.getMetadata().getContinue()).isEqualTo("c");
        assertThat(list.getMetadata().getRemainingItemCount()).isEqualTo(3);
        assertThat(list.getItemsList().stream().map(item -> item.getMetadata().getName())).containsExactly("one",
                "two");
    }

    @Test
    void aFrameIsItsLengthAndAnEventWithAWholeBodyInside() throws InvalidProtocolBufferException {
        byte[] body = ProtobufEncoder.body(new GroupVersionKind("", "v1", "Pod"),
                ProtobufEncoder.wrapped(struct(new GroupVersionKind("", "v1", "Pod")),
                        json("{'metadata':{'name':'one'}}")));
        byte[] frame = ProtobufEncoder.frame("ADDED", body);
        assertThat(ByteBuffer.wrap(frame).getInt()).isEqualTo(frame.length - 4);
        Meta.WatchEvent event = Meta.WatchEvent.parseFrom(Arrays.copyOfRange(frame, 4, frame.length));
        assertThat(event.getType()).isEqualTo("ADDED");
        assertThat(event.getObject().getRaw().toByteArray()).isEqualTo(body);
    }

    @Test
    void whatProtobufCannotTellFromNothingIsLeftOutAndEmptyStructuresStay() throws InvalidProtocolBufferException {
        byte[] wrapped = ProtobufEncoder.wrapped(struct(new GroupVersionKind("", "v1", "Pod")), json("""
                {'metadata':{'creationTimestamp':null,'labels':{},'finalizers':[]},
                 'spec':{'volumes':[{'name':'v','emptyDir':{}}],'hostAliases':[null],'unknown':1}}"""));
        V1.Pod pod = V1.Pod.parseFrom(message(wrapped));
        assertThat(pod.getMetadata()).isEqualTo(Meta.ObjectMeta.getDefaultInstance());
        assertThat(pod.getSpec().getVolumes(0).getVolumeSource().hasEmptyDir()).isTrue();
        assertThat(pod.getSpec().getHostAliasesCount()).isEqualTo(1);
    }

    @Test
    void numbersOfAllSizesKeepTheirValue() throws InvalidProtocolBufferException {
        for (long value : new long[]{0, 1, 127, 128, 300, 1L << 31, (1L << 53) + 1, Long.MAX_VALUE, -1,
                Long.MIN_VALUE}) {
            byte[] wrapped = ProtobufEncoder.wrapped(struct(new GroupVersionKind("", "v1", "Pod")),
                    json("{'metadata':{'generation':" + value + "}}"));
            assertThat(V1.Pod.parseFrom(message(wrapped)).getMetadata().getGeneration()).isEqualTo(value);
        }
    }

    @Test
    void aTimeOfAnyOffsetIsItsSecond() throws InvalidProtocolBufferException {
        byte[] wrapped = ProtobufEncoder.wrapped(struct(new GroupVersionKind("", "v1", "Pod")),
                json("{'metadata':{'creationTimestamp':'2023-11-15T00:13:20+02:00'}}"));
        assertThat(V1.Pod.parseFrom(message(wrapped)).getMetadata().getCreationTimestamp().getSeconds())
                .isEqualTo(1_700_000_000L);
    }

    @Test
    void durationsAreReadAsTheyAreWritten() {
        for (long nanos : new long[]{0, 1, 999, 1_500_000, 1_500_000_000, 3_661_000_000_000L, -90_000_000_000L}) {
            assertThat(GoDuration.parse(GoDuration.format(nanos))).isEqualTo(nanos);
        }
    }
}
