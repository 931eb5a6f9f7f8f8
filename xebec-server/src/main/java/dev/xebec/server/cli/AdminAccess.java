package dev.xebec.server.cli;

import dev.xebec.server.StartupException;
import dev.xebec.server.check.AdminConnection;
import dev.xebec.server.layout.DataDirectory;
import java.io.IOException;
import java.time.Duration;

/** The administrator's way into the cluster that runs on a data folder. */
final class AdminAccess {
    private AdminAccess() {}

    /** @throws StartupException where none runs */
    static void requireRunning(DataDirectory directory) {
        if (!directory.exists() || !directory.locked()) {
            throw new StartupException("no cluster is running on " + directory.root() + "; start it with ./xebec up");
        }
    }

    /** @param patience how long a connection is waited for */
    static AdminConnection connect(DataDirectory directory, Duration patience) throws IOException {
        return new AdminConnection(DataDirectory.readIfThere(directory.kubeconfig())
                .orElseThrow(() -> new StartupException("there is no kubeconfig in " + directory.root())), patience);
    }
}
