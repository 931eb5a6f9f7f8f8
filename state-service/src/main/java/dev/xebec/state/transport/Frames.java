package dev.xebec.state.transport;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.apache.ratis.thirdparty.com.google.protobuf.ByteString;
import org.apache.ratis.thirdparty.com.google.protobuf.CodedInputStream;
import org.apache.ratis.thirdparty.com.google.protobuf.MessageLite;
import org.apache.ratis.thirdparty.com.google.protobuf.Parser;
import org.apache.ratis.thirdparty.com.google.protobuf.UnsafeByteOperations;

/** Frames on one connection, each a length, a kind and its content. One reader and one writer at a time. */
final class Frames {
    /** Above the largest entry and the largest chunk of a snapshot. */
    static final int MAX_BYTES = 32 * 1024 * 1024;
    private static final int BUFFER_BYTES = 64 * 1024;

    private final DataInputStream in;
    private final DataOutputStream out;

    Frames(Socket socket) throws IOException {
        in = new DataInputStream(new BufferedInputStream(socket.getInputStream(), BUFFER_BYTES));
        out = new DataOutputStream(new BufferedOutputStream(socket.getOutputStream(), BUFFER_BYTES));
    }

    /** @param content aliased by what is parsed of it */
    record Frame(int kind, ByteString content) {
        String text() {
            return content.toStringUtf8();
        }

        <M> M parse(Parser<M> parser) throws IOException {
            CodedInputStream coded = content.newCodedInput();
            // An entry's bytes stay where they came in, rather than be copied once more.
            coded.enableAliasing(true);
            return parser.parseFrom(coded);
        }
    }

    void write(int kind, MessageLite message) throws IOException {
        out.writeInt(message.getSerializedSize());
        out.writeByte(kind);
        message.writeTo(out);
        out.flush();
    }

    void write(int kind, String text) throws IOException {
        byte[] content = text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(content.length);
        out.writeByte(kind);
        out.write(content);
        out.flush();
    }

    Frame read() throws IOException {
        return read(MAX_BYTES);
    }

    Frame read(int limit) throws IOException {
        int length = in.readInt();
        if (length < 0 || length > limit) {
            throw new IOException("a frame of " + length + " bytes, where at most " + limit + " are allowed");
        }
        int kind = in.readUnsignedByte();
        byte[] content = new byte[length];
        in.readFully(content);
        return new Frame(kind, UnsafeByteOperations.unsafeWrap(content));
    }
}
