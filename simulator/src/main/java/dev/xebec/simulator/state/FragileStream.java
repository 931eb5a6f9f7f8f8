package dev.xebec.simulator.state;

import dev.xebec.contracts.state.Change;
import dev.xebec.contracts.state.ChangeSink;
import dev.xebec.contracts.state.Subscription;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** A change stream that may be lost at any time, between two calls of its sink. */
final class FragileStream implements ChangeSink, Subscription {
    private final ChangeSink sink;
    private final BooleanSupplier breaks;
    private final CountDownLatch opened = new CountDownLatch(1);
    private volatile @Nullable Subscription subscription;
    private volatile boolean lost;

    /** @param breaks asked before each call of the sink */
    FragileStream(ChangeSink sink, BooleanSupplier breaks) {
        this.sink = sink;
        this.breaks = breaks;
    }

    FragileStream of(Subscription running) {
        subscription = running;
        opened.countDown();
        return this;
    }

    @Override
    public void onChanges(List<Change> changes, long through) {
        if (!lostNow()) {
            sink.onChanges(changes, through);
        }
    }

    @Override
    public void onProgress(long revision) {
        if (!lostNow()) {
            sink.onProgress(revision);
        }
    }

    private boolean lostNow() {
        if (!lost && breaks.getAsBoolean()) {
            lost = true;
            close();
        }
        return lost;
    }

    @Override
    public void onEnd(End end) {
        sink.onEnd(lost && end instanceof End.Closed ? new End.Lost("the stream was lost") : end);
    }

    @Override
    public void close() {
        try {
            opened.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Subscription running = subscription;
        if (running != null) {
            running.close();
        }
    }
}
