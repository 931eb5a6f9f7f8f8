package dev.xebec.server.cli;

import dev.xebec.server.plan.ProcessConfig;
import dev.xebec.server.process.ClusterProcess;
import java.util.concurrent.CountDownLatch;

/** A process of the cluster between its start and the signal that ends it. */
final class ProcessLife {
    private ProcessLife() {}

    /** Whatever ends it, and be it during the start, stops what has started. */
    static int live(ProcessConfig config) throws InterruptedException {
        ClusterProcess running = new ClusterProcess(config);
        CountDownLatch stopped = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            running.close();
            stopped.countDown();
        }, "stop"));
        running.start();
        stopped.await();
        return 0;
    }
}
