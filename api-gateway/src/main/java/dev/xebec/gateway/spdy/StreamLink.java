package dev.xebec.gateway.spdy;

import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.ReadStream;
import io.vertx.core.streams.WriteStream;
import java.util.function.Consumer;

/** A link over a socket of Vert.x, whose kinds differ in how bytes are written and in nothing else. */
record StreamLink(ReadStream<Buffer> in, WriteStream<Buffer> out, Consumer<Buffer> writer,
        Consumer<Handler<Void>> whenClosed, Runnable closer) implements ByteLink {

    @Override
    public void listen(Handler<Buffer> bytes, Runnable closed) {
        in.handler(bytes);
        in.exceptionHandler(broken -> closer.run());
        whenClosed.accept(over -> closed.run());
    }

    @Override
    public void write(Buffer bytes) {
        writer.accept(bytes);
    }

    @Override
    public boolean full() {
        return out.writeQueueFull();
    }

    @Override
    public void whenDrained(Runnable task) {
        out.drainHandler(drained -> task.run());
    }

    @Override
    public void pause() {
        in.pause();
    }

    @Override
    public void resume() {
        in.resume();
    }

    @Override
    public void close() {
        closer.run();
    }
}
