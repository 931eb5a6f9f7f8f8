package dev.xebec.server.cli;

import dev.xebec.server.plan.ProcessConfig;
import dev.xebec.server.process.ClusterProcess;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import sun.misc.Signal;
import sun.misc.SignalHandler;

/** A process of the cluster between its start and the signal that ends it. */
final class ProcessLife {
    /** As shells have it: this and the signal's number. */
    private static final int SIGNALLED = 128;

    private ProcessLife() {}

    /** Whatever ends it, and be it during the start, stops what has started; who asks a second time does not wait. */
    static int live(ProcessConfig config) throws InterruptedException {
        ClusterProcess running = new ClusterProcess(config);
        CountDownLatch stopped = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            endAtOnceIfAskedAgain();
            running.close();
            stopped.countDown();
        }, "stop"));
        running.start();
        stopped.await();
        return 0;
    }

    private static void endAtOnceIfAskedAgain() {
        for (String name : List.of("TERM", "INT")) {
            Signal signal = new Signal(name);
            SignalHandler before = Signal.handle(signal,
                    again -> Runtime.getRuntime().halt(SIGNALLED + again.getNumber()));
            if (before == SignalHandler.SIG_IGN) {
                // Its supervisor acts on this one.
                Signal.handle(signal, before);
            }
        }
    }
}
