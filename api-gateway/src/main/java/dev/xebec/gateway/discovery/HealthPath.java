package dev.xebec.gateway.discovery;

import dev.xebec.gateway.request.Answer;
import dev.xebec.gateway.request.Call;
import dev.xebec.model.status.RejectedException;
import dev.xebec.model.status.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Health by checks: {@code ok} or 500, with {@code ?verbose} a line for each check; below the path each check alone.
 *
 * <p>Source: apiserver {@code server/healthz}.
 */
final class HealthPath extends ReadOnly {
    /** Holds wherever somebody can ask. */
    private static final HealthCheck PING = new HealthCheck("ping", () -> true);

    private final String name;
    private final List<HealthCheck> checks;

    HealthPath(String name, List<HealthCheck> checks) {
        this.name = name;
        List<HealthCheck> all = new ArrayList<>(List.of(PING));
        all.addAll(checks);
        this.checks = List.copyOf(all);
    }

    @Override
    Answer read(Call call) {
        String path = call.request().path();
        int below = path.indexOf('/', 1);
        String one = below < 0 ? "" : path.substring(below + 1);
        return one.isEmpty() ? all(call) : single(one);
    }

    @Override
    Answer atHand(Call call) {
        return read(call);
    }

    private Answer single(String wanted) {
        for (HealthCheck check : checks) {
            if (check.name().equals(wanted)) {
                return check.holds().getAsBoolean()
                        ? text(200, "ok")
                        : text(500, "internal server error: " + check.why() + "\n");
            }
        }
        throw new RejectedException(Status.noSuchPath());
    }

    private Answer all(Call call) {
        Set<String> excluded = Set.of(call.query("exclude"));
        StringBuilder lines = new StringBuilder();
        boolean good = true;
        for (HealthCheck check : checks) {
            boolean counts = !excluded.contains(check.name());
            boolean holds = !counts || check.holds().getAsBoolean();
            good &= holds;
            lines.append(holds ? "[+]" : "[-]").append(check.name())
                    .append(!counts ? " excluded: ok" : holds ? " ok" : " failed: reason withheld").append('\n');
        }
        if (!good) {
            return text(500, lines + name + " check failed\n");
        }
        return text(200, call.request().query().containsKey("verbose") ? lines + name + " check passed\n" : "ok");
    }

    private static Answer text(int code, String text) {
        return Answer.text(code, text).header("X-Content-Type-Options", "nosniff");
    }
}
