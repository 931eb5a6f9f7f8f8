package dev.xebec.node.pod;

import org.jspecify.annotations.Nullable;

/**
 * What the probes of a running container say; null where a probe has not made up its mind, or there is none.
 *
 * @param startup true once the startup probe has succeeded, false when it has given up
 * @param live false when the liveness probe has given up
 * @param ready as the readiness probe sees it now
 */
public record Health(@Nullable Boolean startup, @Nullable Boolean live, @Nullable Boolean ready) {
    public static final Health UNKNOWN = new Health(null, null, null);

    boolean started(ContainerDefinition container) {
        return !container.has("startupProbe") || Boolean.TRUE.equals(startup);
    }

    boolean ready(ContainerDefinition container) {
        return started(container) && (!container.has("readinessProbe") || Boolean.TRUE.equals(ready));
    }

    /** Which probe wants the container restarted; empty for none. */
    String failed() {
        return Boolean.FALSE.equals(startup) ? "startup" : Boolean.FALSE.equals(live) ? "liveness" : "";
    }
}
