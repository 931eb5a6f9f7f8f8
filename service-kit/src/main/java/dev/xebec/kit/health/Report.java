package dev.xebec.kit.health;

import dev.xebec.kit.service.Service;
import java.util.Map;
import java.util.TreeMap;

/** Checks and what they found, as {@code kube-apiserver} words them. Pure. */
final class Report {
    static final String PING = "ping";
    /** Source: apiserver {@code server/healthz}. */
    static final String SHUTDOWN = "shutdown";

    /** @param body as text */
    record Answer(int code, String body) {}

    private final String endpoint;
    /** Why not, or empty. */
    private final Map<String, String> checks = new TreeMap<>();

    private Report(String endpoint) {
        this.endpoint = endpoint;
        checks.put(PING, "");
    }

    /** The process answers. */
    static Report alive(String endpoint) {
        return new Report(endpoint);
    }

    /** The process answers, each of its services is ready, and it is to stay. */
    static Report ready(String endpoint, Map<String, Service.Condition> conditions, boolean stopping) {
        Report report = new Report(endpoint);
        report.checks.put(SHUTDOWN, stopping ? "process is shutting down" : "");
        conditions.forEach((role, condition) -> report.checks.put(role, condition.ready()
                ? ""
                : condition.detail().isEmpty() ? "not ready" : condition.detail()));
        return report;
    }

    /** A plain {@code ok}, or all checks where one fails or the asker wants to see them. */
    Answer whole(boolean verbose) {
        boolean passed = checks.values().stream().allMatch(String::isEmpty);
        if (passed && !verbose) {
            return new Answer(200, "ok");
        }
        StringBuilder body = new StringBuilder();
        checks.forEach((name, why) -> body.append(line(name, why)));
        body.append(endpoint).append(passed ? " check passed\n" : " check failed\n");
        return new Answer(passed ? 200 : 503, body.toString());
    }

    Answer one(String check) {
        String why = checks.get(check);
        if (why == null) {
            return new Answer(404,
                    "no check \"" + check + "\"; there are " + String.join(", ", checks.keySet()) + "\n");
        }
        return why.isEmpty() ? new Answer(200, "ok") : new Answer(503, line(check, why));
    }

    private static String line(String name, String why) {
        return why.isEmpty() ? "[+]" + name + " ok\n" : "[-]" + name + " failed: " + why + "\n";
    }
}
