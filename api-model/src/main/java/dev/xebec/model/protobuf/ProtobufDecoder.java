package dev.xebec.model.protobuf;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.model.kind.KindRegistry;
import java.util.Arrays;

/**
 * Reads a Kubernetes protobuf body: four magic bytes, then an envelope with the object's apiVersion and kind around the
 * object's message. The result is the JSON tree that the same client would have sent as JSON.
 *
 * <p>Source: apimachinery {@code runtime/serializer/protobuf}.
 */
public final class ProtobufDecoder {
    /** Messages inside messages; deeper ones are refused. */
    public static final int MAX_DEPTH = 100;
    /** Values in a body; a body of more is refused, because a value of two bytes takes a hundred as a tree. */
    public static final int MAX_VALUES = 500_000;

    private static final byte[] MAGIC = {'k', '8', 's', 0};

    private ProtobufDecoder() {}

    /**
     * Throws {@link IllegalArgumentException} with the reason where the body is not well-formed, or of a kind that is
     * not described or has no protobuf form.
     */
    public static ObjectNode decode(byte[] body, KindRegistry registry) {
        if (!isEnvelope(body)) {
            throw WireReader.malformed("the body does not begin with the bytes k8s\\0");
        }
        return new BodyDecoder(registry).envelope(body, 0);
    }

    /** Whether it begins as every body in protobuf does. */
    public static boolean isMessage(byte[] body) {
        return isEnvelope(body);
    }

    static byte[] magic() {
        return MAGIC.clone();
    }

    static boolean isEnvelope(byte[] bytes) {
        return bytes.length >= MAGIC.length && Arrays.equals(bytes, 0, MAGIC.length, MAGIC, 0, MAGIC.length);
    }

    /** {@code runtime.Unknown}: typeMeta=1, raw=2, contentEncoding=3, contentType=4. */
    record Envelope(String apiVersion, String kind, WireReader raw) {

        static Envelope read(byte[] body) {
            WireReader in = new WireReader(body, MAGIC.length, body.length);
            String apiVersion = "";
            String kind = "";
            WireReader raw = new WireReader(body, body.length, body.length);
            while (in.hasMore()) {
                switch (in.field()) {
                    case 1 -> {
                        WireReader typeMeta = in.message();
                        while (typeMeta.hasMore()) {
                            switch (typeMeta.field()) {
                                case 1 -> apiVersion = typeMeta.text();
                                case 2 -> kind = typeMeta.text();
                                default -> typeMeta.skip();
                            }
                        }
                    }
                    case 2 -> raw = in.message();
                    case 3 -> refuse("contentEncoding", in.text(), "");
                    case 4 -> refuse("contentType", in.text(), ProtobufEncoder.MEDIA_TYPE);
                    default -> in.skip();
                }
            }
            if (apiVersion.isEmpty() || kind.isEmpty()) {
                throw new IllegalArgumentException("protobuf: the envelope states no apiVersion and kind");
            }
            return new Envelope(apiVersion, kind, raw);
        }

        private static void refuse(String field, String value, String allowed) {
            if (!value.isEmpty() && !value.equals(allowed)) {
                throw WireReader.malformed(field + " \"" + value + "\" is not supported");
            }
        }
    }
}
