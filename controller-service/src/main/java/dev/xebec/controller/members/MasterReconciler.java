package dev.xebec.controller.members;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.contracts.member.Member;
import dev.xebec.controller.object.Kinds;
import dev.xebec.controller.object.Timestamps;
import dev.xebec.controller.object.Trees;
import dev.xebec.controller.object.Writes;
import dev.xebec.kit.informer.Cache;
import dev.xebec.kit.informer.Informer.ObjectChange;
import dev.xebec.kit.reconcile.Action;
import dev.xebec.kit.reconcile.Plan;
import dev.xebec.kit.reconcile.Reconciler;
import dev.xebec.model.object.ApiObject;
import dev.xebec.model.object.GroupVersionResource;
import dev.xebec.model.object.ObjectKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Shows each replica of a master-side service as a Master. A status is written when something changed that a user would
 * see, otherwise only now and then: an idle cluster should be idle. A member that is gone is shown as lost for a while.
 */
public final class MasterReconciler implements Reconciler {
    /** Between two status writes of a member of which nothing visible changes. */
    static final Duration REFRESH = Duration.ofSeconds(30);
    /** How long a lost member is shown. */
    static final Duration FORGET_AFTER = Duration.ofMinutes(2);
    /** Revisions behind from which on a member counts as lagging, which is visible. */
    static final long LAGGING = 1_000;
    private static final Set<String> ROLES = Set.of("api-gateway", "state-service", "scheduler-service",
            "controller-service", "task-events");
    private static final GroupVersionResource MASTERS = GroupVersionResource.MASTERS;

    private final Supplier<List<Member>> members;

    public MasterReconciler(Supplier<List<Member>> members) {
        this.members = members;
    }

    @Override
    public String name() {
        return "master";
    }

    @Override
    public Set<GroupVersionResource> reads() {
        return Set.of(MASTERS);
    }

    @Override
    public Collection<ObjectKey> allKeys(Cache cache) {
        Set<ObjectKey> keys = new LinkedHashSet<>();
        cache.list(MASTERS).forEach(master -> keys.add(master.key()));
        members.get().stream().filter(member -> ROLES.contains(member.role()))
                .forEach(member -> keys.add(new ObjectKey("", nameOf(member))));
        return keys;
    }

    @Override
    public Collection<ObjectKey> keysFor(ObjectChange change, Cache cache) {
        return List.of(change.any().key());
    }

    /** {@code master-0.scheduler-service}, in characters that an object's name may have. */
    static String nameOf(Member member) {
        String process = member.process().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9-]", "-")
                .replaceAll("^-+|-+$", "");
        return (process.isEmpty() ? "process" : process) + "." + member.role();
    }

    @Override
    public Plan reconcile(ObjectKey key, Cache cache, Instant now) {
        List<Member> all = members.get();
        Optional<Member> found = all.stream()
                .filter(member -> ROLES.contains(member.role()) && nameOf(member).equals(key.name())).findFirst();
        ApiObject master = cache.get(MASTERS, key);
        if (found.isEmpty()) {
            return master == null ? Plan.NOTHING : lost(master, now);
        }
        Member member = found.get();
        if (master == null) {
            ObjectNode tree = Writes.object(Kinds.MASTER, "", key.name());
            describe(Trees.child(tree, "spec"), member);
            return Plan.of(new Action.Create(MASTERS, ApiObject.of(tree)));
        }
        ObjectNode spec = master.spec().deepCopy();
        describe(spec, member);
        if (!Trees.same(spec, master.spec())) {
            ObjectNode copy = master.copy();
            copy.set("spec", spec);
            return Plan.of(new Action.Update(MASTERS, ApiObject.of(copy)));
        }
        return report(master, member, newest(all), now);
    }

    private static void describe(ObjectNode spec, Member member) {
        spec.put("role", member.role()).put("process", member.process()).put("pid", member.pid())
                .put("startedAt", Timestamps.text(member.startedAt()));
        if (member.address().isEmpty()) {
            spec.remove("address");
        } else {
            spec.put("address", member.address());
        }
    }

    private static long newest(List<Member> all) {
        return all.stream().mapToLong(Member::revision).max().orElse(0);
    }

    private static Plan report(ApiObject master, Member member, long newest, Instant now) {
        long lag = member.revision() == 0 ? 0 : newest - member.revision();
        ObjectNode status = master.status().deepCopy();
        status.put("ready", member.ready()).put("health", member.ready() ? "Healthy" : "NotReady")
                .put("leader", member.leader()).put("sharePercent", member.sharePercent());
        boolean lagging = lag >= LAGGING;
        boolean laggingShown = master.status().path("revisionLag").asLong(0) >= LAGGING;
        boolean visible = !Trees.same(status, master.status()) || lagging != laggingShown;
        Instant last = ApiObject.instant(master.status().path("lastHeartbeatTime")).orElse(Instant.EPOCH);
        if (!visible && last.plus(REFRESH).isAfter(now)) {
            return Plan.NOTHING;
        }
        status.put("revision", member.revision()).put("revisionLag", lag).put("lastHeartbeatTime",
                Timestamps.micro(now));
        return new Plan(Writes.status(MASTERS, master, status), null);
    }

    private static Plan lost(ApiObject master, Instant now) {
        Instant last = ApiObject.instant(master.status().path("lastHeartbeatTime"))
                .or(master::creationTimestamp).orElse(now);
        if (!last.plus(FORGET_AFTER).isAfter(now)) {
            return Plan.of(Writes.delete(MASTERS, master, ""));
        }
        ObjectNode status = master.status().deepCopy();
        status.put("ready", false).put("health", "Lost").put("leader", false).put("sharePercent", 0);
        return new Plan(Writes.status(MASTERS, master, status),
                Duration.between(now, last.plus(FORGET_AFTER)).plusMillis(1));
    }
}
