package dev.xebec.gateway.admission;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.gateway.cache.CachedObject;
import dev.xebec.gateway.limits.LimitRanger;
import java.util.List;
import java.util.Set;

/** Upstream's LimitRanger: a namespace's LimitRanges over its pods and claims. */
final class LimitRanges implements AdmissionStep {
    private static final String RANGES = "/limitranges";
    private static final String PODS = "/pods";
    private static final String CLAIMS = "/persistentvolumeclaims";

    @Override
    public Set<String> resources() {
        return Set.of(PODS, CLAIMS);
    }

    private static boolean pod(Subject subject) {
        return subject.kind().plural().equals("pods");
    }

    /** A pod's containers do not change once it is there. */
    @Override
    public void mutate(Subject subject) {
        if (pod(subject) && subject.created()) {
            for (CachedObject range : subject.all(RANGES, subject.key().namespace())) {
                LimitRanger.fill(range.parse().tree(), subject.tree());
            }
        }
    }

    @Override
    public void validate(Subject subject) {
        ObjectNode tree = subject.tree();
        boolean unasked = pod(subject) ? !subject.created() : subject.metadata().hasNonNull("deletionTimestamp");
        if (unasked) {
            return;
        }
        for (CachedObject range : subject.all(RANGES, subject.key().namespace())) {
            ObjectNode limits = range.parse().tree();
            List<String> errors = pod(subject)
                    ? LimitRanger.checkPod(limits, tree)
                    : LimitRanger.checkClaim(limits, tree);
            if (!errors.isEmpty()) {
                throw subject.forbidden(errors.size() == 1 ? errors.get(0) : "[" + String.join(", ", errors) + "]");
            }
        }
    }
}
