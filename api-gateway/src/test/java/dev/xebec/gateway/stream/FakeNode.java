package dev.xebec.gateway.stream;

import dev.xebec.contracts.Bytes;
import dev.xebec.contracts.UnavailableException;
import dev.xebec.contracts.codec.NodeCodec;
import dev.xebec.contracts.node.NodeStreamRequest;
import dev.xebec.gateway.node.Frames;
import dev.xebec.kit.bus.Bus;
import dev.xebec.kit.bus.BusStream;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** A node's address on the bus, with a behaviour that a test gives it; remembers what it was asked. */
final class FakeNode implements AutoCloseable {
    static final String SUCCESS = "{\"kind\":\"Status\",\"apiVersion\":\"v1\",\"metadata\":{},\"status\":\"Success\"}";

    private final Bus.Registration registration;
    final BlockingQueue<NodeStreamRequest> asked = new LinkedBlockingQueue<>();
    /** Gets the reason when the other side has broken a stream. */
    final BlockingQueue<String> broken = new LinkedBlockingQueue<>();

    /** What the node does with one stream; what it throws for a broken one is remembered. */
    interface Behaviour {
        void serve(NodeStreamRequest request, BusStream stream);
    }

    FakeNode(Bus bus, String name, Behaviour behaviour) {
        registration = bus.serveStreams(NodeStreamRequest.address(name), (opening, stream) -> {
            NodeStreamRequest request = NodeCodec.request(opening);
            asked.add(request);
            try {
                behaviour.serve(request, stream);
            } catch (UnavailableException gone) {
                broken.add(String.valueOf(gone.getMessage()));
                throw gone;
            }
        });
    }

    static void send(BusStream stream, int channel, String text) {
        stream.send(frame(channel, text));
    }

    static Bytes frame(int channel, String text) {
        byte[] content = Bytes.utf8(text).array();
        byte[] frame = new byte[content.length + 1];
        frame[0] = (byte) channel;
        System.arraycopy(content, 0, frame, 1, content.length);
        return Bytes.of(frame);
    }

    /** Copies input to output until input is closed, then succeeds. */
    static void echo(NodeStreamRequest request, BusStream stream) {
        Bytes frame = stream.receive(Duration.ofSeconds(60));
        while (frame != null && !(frame.size() == 1 && frame.array()[0] == NodeStreamRequest.STDIN)) {
            boolean resize = frame.array()[0] == NodeStreamRequest.RESIZE;
            send(stream, resize ? NodeStreamRequest.STDERR : NodeStreamRequest.STDOUT, Frames.content(frame).utf8());
            frame = stream.receive(Duration.ofSeconds(60));
        }
        send(stream, NodeStreamRequest.STATUS, SUCCESS);
    }

    @Override
    public void close() {
        registration.close();
    }
}
