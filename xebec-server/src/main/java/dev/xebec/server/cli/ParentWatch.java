package dev.xebec.server.cli;

import java.io.IOException;
import sun.misc.Signal;
import sun.misc.SignalHandler;

/** Ties a child process to its supervisor. */
final class ParentWatch {
    private ParentWatch() {}

    /** Ends this process when standard input closes; a Ctrl-C in the terminal is the supervisor's to act on. */
    static void begin() {
        Signal.handle(new Signal("INT"), SignalHandler.SIG_IGN);
        Thread watch = new Thread(() -> {
            try {
                while (System.in.read() >= 0) {
                    // Nothing is said here; only the end counts.
                }
            } catch (IOException closed) {
                // The end as well.
            }
            System.exit(0);
        }, "parent-watch");
        watch.setDaemon(true);
        watch.start();
    }
}
