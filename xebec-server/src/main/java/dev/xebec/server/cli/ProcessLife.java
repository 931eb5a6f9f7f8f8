package dev.xebec.server.cli;

import dev.xebec.server.process.ClusterProcess;
import java.util.concurrent.CountDownLatch;

/** A process of the cluster between its start and the signal that ends it. */
final class ProcessLife {
    private ProcessLife() {
    }

    static int live(ClusterProcess running) throws InterruptedException {
        CountDownLatch stopped = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            running.close();
            stopped.countDown();
        }, "stop"));
        stopped.await();
        return 0;
    }
}
