package dev.xebec.benchmarks;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;

/** Watches that match nothing: what each event costs for those whom it does not concern. */
final class Bystanders {
    /** Watches that share a connection; a server may allow no more than some hundred. */
    private static final int PER_CONNECTION = 50;

    private Bystanders() {}

    /** Opens watches of one object each, and answers the connections that hold them. */
    static List<Connection> open(Target target, String path, int count)
            throws IOException, GeneralSecurityException, InterruptedException {
        List<Connection> connections = new ArrayList<>();
        for (int number = 0; number < count; number++) {
            if (number % PER_CONNECTION == 0) {
                connections.add(target.connect());
                connections.getLast().get("/version");
            }
            connections.getLast().watch(path + "?watch=true&fieldSelector=metadata.name%3Dabsent-" + number);
        }
        return connections;
    }
}
