package dev.xebec.gateway.admission;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.gateway.cache.CachedObject;
import dev.xebec.model.object.ApiObject;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Upstream's Priority: pods get the number and the policy of their class.
 *
 * <p>Source: k/k {@code plugin/pkg/admission/priority/admission.go}.
 */
final class Priorities implements AdmissionStep {
    private static final String CLASSES = "scheduling.k8s.io/priorityclasses";
    private static final String DEFAULT_POLICY = "PreemptLowerPriority";
    private static final String CLASS = "priorityClassName";
    private static final String PRIORITY = "priority";
    private static final String POLICY = "preemptionPolicy";

    @Override
    public Set<String> resources() {
        return Set.of("/pods", CLASSES);
    }

    @Override
    public void mutate(Subject subject) {
        if (!subject.kind().plural().equals("pods")) {
            return;
        }
        ObjectNode stored = subject.stored();
        if (stored != null) {
            keep(subject.spec(), stored.path("spec"));
        } else {
            set(subject, subject.spec());
        }
    }

    /** What was worked out stays where an update leaves it out. */
    private static void keep(ObjectNode spec, JsonNode before) {
        for (String field : new String[]{PRIORITY, POLICY}) {
            if (!spec.hasNonNull(field) && before.hasNonNull(field)) {
                spec.set(field, before.get(field));
            }
        }
    }

    private static void set(Subject subject, ObjectNode spec) {
        String name = spec.path(CLASS).asText("");
        ApiObject found = name.isEmpty() || spec.path(CLASS).isNull()
                ? standard(subject)
                : named(subject, name);
        long priority = found == null ? 0 : found.tree().path("value").asLong();
        String policy = found == null ? DEFAULT_POLICY : found.tree().path(POLICY).asText(DEFAULT_POLICY);
        if (found != null) {
            spec.put(CLASS, found.name());
        }
        if (spec.hasNonNull(PRIORITY) && spec.path(PRIORITY).asLong() != priority) {
            throw subject.forbidden("the integer value of priority (" + spec.path(PRIORITY).asLong()
                    + ") must not be provided in pod spec; priority admission controller computed " + priority
                    + " from the given PriorityClass name");
        }
        if (spec.hasNonNull(POLICY) && !spec.path(POLICY).asText().equals(policy)) {
            throw subject.forbidden("the string value of PreemptionPolicy (" + spec.path(POLICY).asText()
                    + ") must not be provided in pod spec; priority admission controller computed " + policy
                    + " from the given PriorityClass name");
        }
        spec.put(PRIORITY, priority).put(POLICY, policy);
    }

    private static ApiObject named(Subject subject, String name) {
        CachedObject found = subject.find(CLASSES, "", name);
        if (found == null) {
            throw subject.forbidden("no PriorityClass with name " + name + " was found");
        }
        return found.parse();
    }

    /** The class that is marked as the default; of several the lowest. */
    private static @Nullable ApiObject standard(Subject subject) {
        ApiObject lowest = null;
        for (CachedObject cached : subject.all(CLASSES, "")) {
            if (!cached.json().utf8().contains("\"globalDefault\":true")) {
                continue;
            }
            ApiObject one = cached.parse();
            boolean lower = lowest == null
                    || one.tree().path("value").asLong() < lowest.tree().path("value").asLong();
            lowest = one.tree().path("globalDefault").asBoolean() && lower ? one : lowest;
        }
        return lowest;
    }

    @Override
    public void validate(Subject subject) {
        if (subject.kind().plural().equals("pods") || !subject.tree().path("globalDefault").asBoolean()) {
            return;
        }
        ApiObject there = standard(subject);
        if (there != null && (subject.created() || !there.name().equals(subject.key().name()))) {
            throw subject.forbidden(
                    "PriorityClass " + there.name() + " is already marked as default. Only one default can exist");
        }
    }
}
