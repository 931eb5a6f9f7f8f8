package dev.xebec.model.strategy;

import dev.xebec.model.kind.Kind;
import java.util.List;
import java.util.Map;

/** What somebody is told who deletes an object without a word on those that depend on it. */
public final class DeletionWarnings {
    /** By group and resource. Source: k/k {@code pkg/registry/batch/job/storage}. */
    private static final Map<String, String> UNDECIDED = Map.of("jobs.batch",
            "child pods are preserved by default when jobs are deleted; set propagationPolicy=Background to remove them"
                    + " or set propagationPolicy=Orphan to suppress this warning");

    private DeletionWarnings() {}

    /** @param undecided whether no policy is given */
    public static List<String> of(Kind kind, boolean undecided) {
        String text = undecided ? UNDECIDED.get(kind.resource().groupResource()) : null;
        return text == null ? List.of() : List.of(text);
    }
}
