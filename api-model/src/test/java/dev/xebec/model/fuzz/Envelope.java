package dev.xebec.model.fuzz;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** The envelope of a protobuf body. Source: apimachinery {@code runtime/serializer/protobuf}. */
final class Envelope {
    private static final byte[] MAGIC = {'k', '8', 's', 0};

    private Envelope() {}

    static byte[] of(String apiVersion, String kind, byte[] message) {
        ByteArrayOutputStream type = new ByteArrayOutputStream();
        field(type, 1, apiVersion.getBytes(StandardCharsets.UTF_8));
        field(type, 2, kind.getBytes(StandardCharsets.UTF_8));
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        body.writeBytes(MAGIC);
        field(body, 1, type.toByteArray());
        field(body, 2, message);
        return body.toByteArray();
    }

    private static void field(ByteArrayOutputStream out, int number, byte[] value) {
        out.write(number << 3 | 2);
        for (int left = value.length;; left >>>= 7) {
            if (left < 0x80) {
                out.write(left);
                break;
            }
            out.write(left & 0x7f | 0x80);
        }
        out.writeBytes(value);
    }
}
