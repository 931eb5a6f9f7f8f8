package dev.xebec.system.client;

import java.util.Queue;

/** A client's thread: does a step at a time until it is stopped. A fault of its own, as opposed to the cluster's, is kept. */
abstract class Worker {
    private final String name;
    private final Queue<Throwable> faults;
    private volatile boolean stopped;
    private final Thread thread;

    /** @param faults takes what goes wrong in the client itself */
    Worker(String name, Queue<Throwable> faults) {
        this.name = name;
        this.faults = faults;
        this.thread = Thread.ofPlatform().name(name).daemon().unstarted(this::run);
    }

    /** One piece of work; called again and again. */
    abstract void step() throws InterruptedException;

    /** Lets go of what it holds. */
    void end() {}

    final String name() {
        return name;
    }

    final boolean stopped() {
        return stopped;
    }

    final void start() {
        thread.start();
    }

    /** No step begins after this. */
    final void askToStop() {
        stopped = true;
    }

    final void join() throws InterruptedException {
        thread.join();
    }

    private void run() {
        try {
            while (!stopped) {
                step();
            }
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException | Error fault) {
            faults.add(new AssertionError(name + " failed", fault));
        } finally {
            end();
        }
    }
}
