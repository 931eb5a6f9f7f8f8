package dev.xebec.gateway.http;

import dev.xebec.contracts.Bytes;
import dev.xebec.gateway.request.ResponseStream;
import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** A chunked HTTP body under way. */
final class HttpStream implements ResponseStream {
    private final HttpServerResponse response;
    private final Context loop;
    /** Only touched on the event loop. */
    private final List<Runnable> onClose = new ArrayList<>();
    /** Writers that wait for the client to take more. Only touched on the event loop. */
    private final List<CountDownLatch> blocked = new ArrayList<>();
    private volatile boolean closed;

    /** On the event loop. */
    HttpStream(HttpServerResponse response, Context loop) {
        this.response = response;
        this.loop = loop;
        response.closeHandler(gone -> close());
        response.exceptionHandler(gone -> close());
    }

    private void close() {
        if (!closed) {
            closed = true;
            onClose.forEach(Runnable::run);
            onClose.clear();
            unblock();
        }
    }

    private void unblock() {
        blocked.forEach(CountDownLatch::countDown);
        blocked.clear();
    }

    /** What is kept until the client takes more or goes: nothing of writes that are past. On the event loop. */
    int waiting() {
        return onClose.size() + blocked.size();
    }

    @Override
    public boolean write(Bytes chunk) {
        CountDownLatch taken = new CountDownLatch(1);
        onLoop(() -> {
            if (closed) {
                taken.countDown();
                return;
            }
            push(chunk);
            if (ready()) {
                taken.countDown();
            } else {
                blocked.add(taken);
                whenReady(this::unblock);
            }
        });
        try {
            taken.await();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return false;
        }
        return !closed;
    }

    @Override
    public void onLoop(Runnable task) {
        loop.runOnContext(ignored -> task.run());
    }

    @Override
    public Runnable onLoopAfter(long delayMillis, Runnable task) {
        long timer = loop.owner().setTimer(Math.max(1, delayMillis), ignored -> onLoop(task));
        return () -> loop.owner().cancelTimer(timer);
    }

    @Override
    public void push(Bytes chunk) {
        if (!closed) {
            response.write(Buffer.buffer(chunk.array()));
        }
    }

    @Override
    public boolean ready() {
        return !closed && !response.writeQueueFull();
    }

    @Override
    public void whenReady(Runnable task) {
        response.drainHandler(ready -> task.run());
    }

    @Override
    public boolean closed() {
        return closed;
    }

    @Override
    public void onClose(Runnable task) {
        if (closed) {
            task.run();
        } else {
            onClose.add(task);
        }
    }

    @Override
    public void abort() {
        onLoop(() -> {
            if (!closed) {
                response.reset();
                close();
            }
        });
    }

    @Override
    public void end() {
        onLoop(() -> {
            if (!closed) {
                response.end();
                close();
            }
        });
    }
}
