package dev.xebec.model.protobuf;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.model.object.GroupVersionKind;
import dev.xebec.model.schema.Schema;
import dev.xebec.model.schema.Schema.Struct;
import java.nio.charset.StandardCharsets;

/**
 * Writes what {@link ProtobufDecoder} reads, from the same tables: objects, lists of objects and frames of a watch. An
 * object is encoded once, as field 2 with its tag and length, because that is how an envelope holds it and how a list
 * does; what stands around it is a few bytes.
 *
 * <p>Source: apimachinery {@code runtime/serializer/protobuf}, {@code util/framer}.
 */
public final class ProtobufEncoder {
    public static final String MEDIA_TYPE = "application/vnd.kubernetes.protobuf";
    /** {@code contentEncoding=3} and {@code contentType=4} of the envelope, which Go writes though they are empty. */
    private static final byte[] TAIL = {0x1a, 0, 0x22, 0};

    private ProtobufEncoder() {}

    /** Whether objects of this schema have a protobuf form. */
    public static boolean speaks(Schema schema) {
        return schema instanceof Struct struct && MessageTable.isKnown(struct);
    }

    /** The object's message as field 2: with its tag and its length. */
    public static byte[] wrapped(Struct struct, ObjectNode object) {
        WireWriter out = new WireWriter();
        new MessageWriter(out).message(MessageTable.of(struct), object);
        out.lengthSince(2, 0);
        return out.bytes();
    }

    /** A message with one field alone, which is a message itself, as field 2. */
    public static byte[] wrappedField(int number, Struct struct, ObjectNode value) {
        WireWriter out = new WireWriter();
        new MessageWriter(out).message(MessageTable.of(struct), value);
        out.lengthSince(number, 0);
        out.lengthSince(2, 0);
        return out.bytes();
    }

    /** What stands before a {@link #wrapped} object, so that with {@link #tail} it is a body. */
    public static byte[] head(GroupVersionKind name) {
        WireWriter out = new WireWriter();
        typeMeta(out, name);
        return magic(out);
    }

    public static byte[] tail() {
        return TAIL.clone();
    }

    /** A whole body. */
    public static byte[] body(GroupVersionKind name, byte[] wrapped) {
        return joined(head(name), wrapped, TAIL);
    }

    /**
     * What stands before the {@link #wrapped} items of a list; after them comes the {@link #tail}.
     *
     * @param itemBytes of all items together
     */
    public static byte[] listHead(GroupVersionKind list, Struct listMeta, ObjectNode meta, long itemBytes) {
        WireWriter out = new WireWriter();
        new MessageWriter(out).message(MessageTable.of(listMeta), meta);
        out.lengthSince(1, 0);
        int metaBytes = out.written();
        out.varint(metaBytes + itemBytes);
        out.tag(2, WireReader.LENGTH);
        typeMeta(out, list);
        return magic(out);
    }

    /**
     * One frame of a watch: four bytes of length, then {@code WatchEvent{type=1, object=2{raw=1}}}, whose raw object is a
     * whole body.
     */
    public static byte[] frame(String type, byte[] body) {
        WireWriter out = new WireWriter();
        out.bytesField(1, body);
        out.lengthSince(2, 0);
        out.textField(1, type);
        byte[] event = out.bytes();
        byte[] frame = new byte[4 + event.length];
        for (int index = 0; index < 4; index++) {
            frame[index] = (byte) (event.length >>> 24 - 8 * index);
        }
        System.arraycopy(event, 0, frame, 4, event.length);
        return frame;
    }

    private static void typeMeta(WireWriter out, GroupVersionKind name) {
        int before = out.written();
        out.bytesField(2, name.kind().getBytes(StandardCharsets.UTF_8));
        out.bytesField(1, name.apiVersion().getBytes(StandardCharsets.UTF_8));
        out.lengthSince(1, before);
    }

    private static byte[] magic(WireWriter out) {
        return joined(ProtobufDecoder.magic(), out.bytes());
    }

    private static byte[] joined(byte[]... parts) {
        int length = 0;
        for (byte[] part : parts) {
            length += part.length;
        }
        byte[] whole = new byte[length];
        int at = 0;
        for (byte[] part : parts) {
            System.arraycopy(part, 0, whole, at, part.length);
            at += part.length;
        }
        return whole;
    }
}
