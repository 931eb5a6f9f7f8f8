package dev.xebec.gateway.proxy;

import dev.xebec.contracts.Bytes;
import dev.xebec.contracts.UnavailableException;
import dev.xebec.gateway.node.Sessions;
import dev.xebec.gateway.request.Answer;
import dev.xebec.model.status.RejectedException;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetSocket;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** Bytes between a client and a pod that both left HTTP. Ends with either. */
final class RawRelay implements Answer.ByteSession {
    /** Bytes that wait for the pod; with more the client is not read. */
    private static final int MAX_WAITING_BYTES = 256 * 1024;

    private final PodHttp pod;
    private final Sessions sessions;
    private final LinkedBlockingQueue<Bytes> input = new LinkedBlockingQueue<>();
    private final AtomicInteger waiting = new AtomicInteger();
    /** The write that waits for the client. */
    private volatile CountDownLatch writing = new CountDownLatch(0);

    RawRelay(PodHttp pod, Sessions sessions) {
        this.pod = pod;
        this.sessions = sessions;
    }

    @Override
    public void run(NetSocket socket) {
        Runnable over = sessions.begin();
        Context loop = Vertx.currentContext();
        socket.handler(bytes -> {
            input.add(Bytes.of(bytes.getBytes()));
            if (waiting.addAndGet(bytes.length()) > MAX_WAITING_BYTES) {
                socket.pause();
            }
        });
        Thread sender = Thread.ofVirtual().name("proxy-upgraded-in").start(() -> send(loop, socket));
        CountDownLatch gone = new CountDownLatch(1);
        socket.exceptionHandler(broken -> socket.close());
        socket.closeHandler(closed -> {
            over.run();
            gone.countDown();
            writing.countDown();
            Thread.ofVirtual().start(() -> pod.pod().fail("the client has gone"));
        });
        Thread.ofVirtual().name("proxy-upgraded-out").start(() -> {
            try (pod) {
                for (Bytes bytes = pod.body(); bytes != null && gone.getCount() > 0; bytes = pod.body()) {
                    write(loop, socket, bytes, gone);
                }
            } catch (UnavailableException | RejectedException broken) {
                gone.countDown();
            } finally {
                sender.interrupt();
                loop.runOnContext(ignored -> socket.close());
            }
        });
    }

    private void send(Context loop, NetSocket socket) {
        try {
            while (true) {
                Bytes bytes = input.take();
                pod.pod().send(bytes);
                if (waiting.addAndGet(-bytes.size()) < MAX_WAITING_BYTES / 2) {
                    loop.runOnContext(ignored -> socket.resume());
                }
            }
        } catch (InterruptedException over) {
            Thread.currentThread().interrupt();
        } catch (UnavailableException broken) {
            loop.runOnContext(ignored -> socket.close());
        }
    }

    /** Blocks while the client does not keep up; not for one who has gone. */
    private void write(Context loop, NetSocket socket, Bytes bytes, CountDownLatch gone) {
        CountDownLatch taken = new CountDownLatch(1);
        writing = taken;
        loop.runOnContext(ignored -> {
            socket.write(Buffer.buffer(bytes.array()));
            if (gone.getCount() > 0 && socket.writeQueueFull()) {
                socket.drainHandler(drained -> taken.countDown());
            } else {
                taken.countDown();
            }
        });
        try {
            taken.await();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new UnavailableException("interrupted");
        }
    }

    @Override
    public void dropped() {
        Thread.ofVirtual().start(pod::close);
    }
}
