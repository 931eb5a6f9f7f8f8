package dev.xebec.gateway.discovery;

import dev.xebec.gateway.request.Answer;
import dev.xebec.gateway.request.Call;
import dev.xebec.model.status.RejectedException;
import dev.xebec.model.status.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

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
        if (below >= 0 && one.isEmpty()) {
            throw new RejectedException(Status.noPage());
        }
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
                        ? Answer.text(200, "ok")
                        : text(500, "internal server error: " + check.why() + "\n");
            }
        }
        throw new RejectedException(Status.noSuchPath());
    }

    private Answer all(Call call) {
        Set<String> excluded = new LinkedHashSet<>(call.words("exclude"));
        Set<String> unknown = new TreeSet<>(excluded);
        checks.forEach(check -> unknown.remove(check.name()));
        StringBuilder lines = new StringBuilder();
        boolean good = true;
        for (HealthCheck check : checks) {
            boolean counts = !excluded.contains(check.name());
            boolean holds = !counts || check.holds().getAsBoolean();
            good &= holds;
            lines.append(holds ? "[+]" : "[-]").append(check.name())
                    .append(!counts ? " excluded: ok" : holds ? " ok" : " failed: reason withheld").append('\n');
        }
        if (!unknown.isEmpty()) {
            lines.append("warn: some health checks cannot be excluded: no matches for ")
                    .append(unknown.stream().map(name -> '"' + name + '"').collect(Collectors.joining(",")))
                    .append('\n');
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
