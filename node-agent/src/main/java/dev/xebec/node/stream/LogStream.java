package dev.xebec.node.stream;

import dev.xebec.contracts.Bytes;
import dev.xebec.contracts.UnavailableException;
import dev.xebec.contracts.node.NodeStreamRequest;
import dev.xebec.kit.bus.BusStream;
import dev.xebec.node.log.LogLines;
import dev.xebec.node.runtime.ContainerId;
import dev.xebec.node.runtime.ContainerRuntime;
import dev.xebec.node.runtime.LogEntry;
import dev.xebec.node.runtime.LogQuery;
import dev.xebec.node.runtime.LogSink;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;

/** Sends a container's log as text; entries that come together travel together. */
final class LogStream implements LogSink {
    /** Text that waits to be sent. */
    private static final int BATCH_BYTES = 32 * 1024;

    private final BusStream stream;
    private final NodeStreamRequest request;
    private final ByteArrayOutputStream batch = new ByteArrayOutputStream();
    private boolean lineStarts = true;
    private long left;
    private volatile boolean hungUp;

    private LogStream(BusStream stream, NodeStreamRequest request) {
        this.stream = stream;
        this.request = request;
        this.left = request.limitBytes() > 0 ? request.limitBytes() : Long.MAX_VALUE;
    }

    static Bytes serve(ContainerRuntime runtime, ContainerId id, NodeStreamRequest request, BusStream stream) {
        LogStream sink = new LogStream(stream, request);
        sink.run(runtime, id, new LogQuery(request.tailLines(), Instant.ofEpochMilli(request.sinceEpochMillis()),
                request.follow()));
        return Frames.success();
    }

    private void run(ContainerRuntime runtime, ContainerId id, LogQuery query) {
        Thread listener = Thread.ofVirtual().name("log-listener-" + id).start(this::listen);
        try {
            runtime.logs(id, query, this);
            flush();
        } finally {
            listener.interrupt();
        }
    }

    /** Notices a reader that leaves; what it sends is of no use here. */
    private void listen() {
        try {
            boolean there = true;
            while (there) {
                there = stream.receive(Duration.ZERO) != null;
            }
        } catch (UnavailableException broken) {
            hungUp = true;
        }
    }

    @Override
    public boolean accept(LogEntry entry) {
        if (entry.error() ? !request.stderr() : !request.stdout()) {
            return left > 0 && !hungUp;
        }
        if (request.timestamps() && lineStarts) {
            put((LogLines.stamp(entry.at()) + " ").getBytes(StandardCharsets.US_ASCII));
        }
        put(entry.text());
        if (entry.whole()) {
            put(new byte[]{'\n'});
        }
        lineStarts = entry.whole();
        if (batch.size() >= BATCH_BYTES) {
            flush();
        }
        return left > 0 && !hungUp;
    }

    @Override
    public boolean open() {
        flush();
        return !hungUp;
    }

    private void put(byte[] bytes) {
        int length = (int) Math.min(left, bytes.length);
        batch.write(bytes, 0, length);
        left -= length;
    }

    private void flush() {
        if (batch.size() > 0) {
            byte[] text = batch.toByteArray();
            batch.reset();
            stream.send(Frames.of(NodeStreamRequest.STDOUT, text, text.length));
        }
    }
}
