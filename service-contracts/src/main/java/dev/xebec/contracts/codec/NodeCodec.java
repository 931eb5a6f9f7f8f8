package dev.xebec.contracts.codec;

import dev.xebec.contracts.Bytes;
import dev.xebec.contracts.node.NodeStreamRequest;

/** What opens a stream to a container, as bytes. The stream's frames have no more form than their channel byte. */
public final class NodeCodec {
    private static final int VERSION = 2;
    private static final NodeStreamRequest.Type[] TYPES = NodeStreamRequest.Type.values();

    private NodeCodec() {}

    public static Bytes request(NodeStreamRequest request) {
        ByteWriter out = new ByteWriter(256).u8(VERSION).u8(request.type().ordinal());
        out.utf8(request.namespace()).utf8(request.pod()).utf8(request.uid()).utf8(request.container());
        out.strings(request.command()).bool(request.stdin()).bool(request.stdout()).bool(request.stderr());
        out.bool(request.tty()).bool(request.follow()).bool(request.previous()).bool(request.timestamps());
        return out.signed(request.tailLines()).varint(request.sinceEpochMillis()).varint(request.limitBytes())
                .varint(request.port()).bool(request.tls()).finish();
    }

    public static NodeStreamRequest request(Bytes bytes) {
        ByteReader in = new ByteReader(bytes).version(VERSION, "a node stream request");
        NodeStreamRequest request = new NodeStreamRequest(in.constant(TYPES), in.utf8(), in.utf8(), in.utf8(),
                in.utf8(),
                in.strings(), in.bool(), in.bool(), in.bool(), in.bool(), in.bool(), in.bool(), in.bool(), in.signed(),
                in.varint(), in.varint(), (int) in.varint(), in.bool());
        in.finish();
        return request;
    }
}
