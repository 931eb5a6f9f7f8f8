package dev.xebec.node.worker;

import dev.xebec.model.structure.WrittenForm;
import dev.xebec.model.schema.Schema;
import dev.xebec.model.kind.KindRegistry;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.contracts.UnavailableException;
import dev.xebec.kit.client.ApiResult;
import dev.xebec.model.object.ApiObject;
import dev.xebec.model.object.GroupVersionResource;
import dev.xebec.node.pod.Decision;
import dev.xebec.node.pod.Observation;
import dev.xebec.node.pod.PodAction;
import dev.xebec.node.pod.PodDecider;
import dev.xebec.node.pod.PodDefinition;
import dev.xebec.node.runtime.ContainerState;
import dev.xebec.node.runtime.PodSandbox;
import dev.xebec.node.runtime.RefusedException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks after one pod, on a virtual thread of its own: sees, has it decided, acts, writes the status, and sleeps until
 * something changes or time is up. Ends when the pod's object is gone and nothing of the pod is left on the node.
 */
public final class PodWorker implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(PodWorker.class);
    private static final Schema.Struct STATUS = KindRegistry.builtIn().type("core.v1.PodStatus").orElseThrow();
    /** Actions that make others necessary are few; more rounds than this without a pause are a fault. */
    private static final int MAX_ROUNDS = 50;
    private static final Duration RETRY = Duration.ofSeconds(1);
    private static final Duration SANDBOX_RETRY = Duration.ofSeconds(10);
    private static final Duration FOREVER = Duration.ofDays(36_500);

    private final WorkerContext node;
    private final ContainerStarter starter;
    private final ContainerStopper stopper;
    private final PodProbes probes;
    private final Runnable whenOver;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition work = lock.newCondition();

    // Guarded by the lock.
    private ApiObject object;
    private boolean gone;
    private boolean stopped;
    private boolean poked = true;

    // Of the worker's own thread.
    private @Nullable PodSandbox sandbox;
    private String sandboxTrouble = "";
    private Instant sandboxRetry = Instant.EPOCH;

    /** @param whenOver called once at the end, unless {@link #stop} ended it */
    public PodWorker(WorkerContext node, ApiObject pod, Runnable whenOver) {
        this.node = node;
        this.object = pod;
        this.whenOver = whenOver;
        this.starter = new ContainerStarter(node, this::emit);
        this.stopper = new ContainerStopper(node, this::poke);
        this.probes = new PodProbes(node, this::poke, this::emit);
    }

    /** A newer state of the pod; an older one is passed over. */
    public void update(ApiObject newer) {
        lock.lock();
        try {
            if (newer.revision() > object.revision()) {
                object = newer;
            }
            poked = true;
            work.signal();
        } finally {
            lock.unlock();
        }
    }

    /** The object is gone: everything of the pod ends at once. */
    public void gone() {
        lock.lock();
        try {
            gone = true;
            work.signal();
        } finally {
            lock.unlock();
        }
    }

    /** Look again. */
    public void poke() {
        lock.lock();
        try {
            poked = true;
            work.signal();
        } finally {
            lock.unlock();
        }
    }

    /** Ends the worker, not the pod. */
    public void stop() {
        lock.lock();
        try {
            stopped = true;
            work.signal();
        } finally {
            lock.unlock();
        }
    }

    private ApiObject object() {
        lock.lock();
        try {
            return object;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void run() {
        try {
            @Nullable
            Instant wakeAt = node.clock().instant();
            while (await(wakeAt)) {
                wakeAt = look();
            }
            if (cleared()) {
                whenOver.run();
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } finally {
            probes.close();
        }
    }

    /** Waits for work; false when there will be none. */
    private boolean await(@Nullable Instant wakeAt) throws InterruptedException {
        lock.lock();
        try {
            // Counted down once begun: whoever sets the clock meanwhile makes the wait neither longer nor shorter.
            long nanos = wakeAt == null ? Long.MAX_VALUE : nanosUntil(wakeAt);
            while (!gone && !stopped && !poked && nanos > 0) {
                nanos = work.awaitNanos(nanos);
            }
            poked = false;
            return !gone && !stopped;
        } finally {
            lock.unlock();
        }
    }

    /** What is too long to be said in nanoseconds is centuries off. */
    private long nanosUntil(Instant at) {
        Duration left = Duration.between(node.clock().instant(), at);
        if (left.isNegative()) {
            return 0;
        }
        return left.compareTo(FOREVER) >= 0 ? FOREVER.toNanos() : left.toNanos();
    }

    private @Nullable Instant look() throws InterruptedException {
        try {
            return settle();
        } catch (UnavailableException world) {
            LOG.debug("Pod {}: {}; trying again", object().key(), world.getMessage());
            return node.clock().instant().plus(RETRY);
        }
    }

    /** Acts until nothing is left to do now; returns when to look again. */
    private @Nullable Instant settle() throws InterruptedException {
        for (int round = 0; round < MAX_ROUNDS; round++) {
            PodDefinition pod = PodDefinition.of(object());
            openSandbox(pod);
            Observation seen = observe(pod);
            Decision decision = PodDecider.decide(seen);
            boolean acted = false;
            boolean finish = false;
            for (PodAction action : decision.actions()) {
                acted |= perform(pod, action);
                finish |= action instanceof PodAction.FinishDeletion;
            }
            if (!acted) {
                boolean current = writeStatus(pod.object(), decision.status());
                if (finish && current) {
                    finishDeletion(pod.object());
                }
                return soonest(decision.wakeAt(), current ? null : node.clock().instant().plus(RETRY));
            }
        }
        throw new IllegalStateException("pod " + object().key() + " does not settle");
    }

    private @Nullable Instant soonest(@Nullable Instant one, @Nullable Instant other) {
        Instant soonest = one == null || (other != null && other.isBefore(one)) ? other : one;
        Instant refresh = sandbox == null ? null : starter.refreshAt();
        if (!sandboxTrouble.isEmpty()) {
            refresh = sandboxRetry;
        }
        return soonest == null || (refresh != null && refresh.isBefore(soonest)) ? refresh : soonest;
    }

    private void openSandbox(PodDefinition pod) {
        boolean known = node.runtime().knows(pod.uid());
        boolean wanted = !pod.object().deleting() && !pod.finished();
        if (sandbox != null || !(known || wanted) || node.clock().instant().isBefore(sandboxRetry)) {
            return;
        }
        try {
            sandbox = node.runtime().openPod(pod.uid(), pod.object().namespace(), pod.object().name());
            sandboxTrouble = "";
        } catch (RefusedException refused) {
            sandboxTrouble = "failed to create pod sandbox: " + refused.text();
            sandboxRetry = node.clock().instant().plus(SANDBOX_RETRY);
            emit("Warning", "FailedCreatePodSandBox", "Failed to create pod sandbox: " + refused.text());
        }
    }

    private Observation observe(PodDefinition pod) {
        var containers = node.runtime().containers(pod.uid());
        String podIp = sandbox == null ? "" : sandbox.ip();
        probes.follow(pod, containers, podIp);
        starter.refresh(pod, sandbox);
        return new Observation(pod, containers, probes.health(), starter.troubles(), stopper.stopping(), podIp,
                node.hostIp(), sandboxTrouble, node.runtime().features().name(), node.clock().instant());
    }

    /** True when it changed what the next look will see. */
    private boolean perform(PodDefinition pod, PodAction action) {
        PodSandbox place = sandbox;
        switch (action) {
            case PodAction.Start start -> {
                if (place != null) {
                    starter.start(pod, place, start);
                }
                return place != null;
            }
            case PodAction.Stop stop -> {
                emit("Normal", "Killing", stop.message());
                stopper.stop(pod, stop, place == null ? "" : place.ip());
                return true;
            }
            case PodAction.Hasten hasten -> stopper.hasten(hasten.id(), hasten.killAt());
            case PodAction.Kill kill -> stopper.kill(kill.id());
            case PodAction.Forget forget -> node.runtime().remove(forget.id());
            case PodAction.Emit emit -> {
                emit(emit.type(), emit.reason(), emit.message());
                return false;
            }
            case PodAction.FinishDeletion finish -> {
                return false;
            }
        }
        return true;
    }

    /** True when the object has this status now. */
    private boolean writeStatus(ApiObject seen, ObjectNode status) {
        if (WrittenForm.of(STATUS, seen.status()).equals(WrittenForm.of(STATUS, status))) {
            return true;
        }
        ObjectNode changed = seen.copy();
        changed.set("status", status);
        return switch (node.resources().updateStatus(GroupVersionResource.PODS, ApiObject.of(changed))) {
            case ApiResult.Ok ok -> {
                update(ok.object());
                yield true;
            }
            case ApiResult.Refused refused -> {
                // A conflict means a newer object, which is on its way here; a pod that is gone likewise.
                LOG.debug("Status of pod {} not taken: {}", seen.key(), refused.status().message());
                yield refused.status().code() == 404;
            }
        };
    }

    private void finishDeletion(ApiObject pod) {
        switch (node.resources().delete(GroupVersionResource.PODS, pod.key(), pod.uid(), 0, 0, "")) {
            case ApiResult.Ok ok -> clear(pod.uid());
            case ApiResult.Refused refused -> {
                if (refused.status().code() == 404 || refused.status().code() == 409) {
                    clear(pod.uid());
                } else {
                    throw new UnavailableException("deletion refused: " + refused.status().message());
                }
            }
        }
    }

    private void clear(String uid) {
        probes.close();
        node.runtime().removePod(uid);
        sandbox = null;
    }

    /** After the object is gone: ends what runs, waits for it and takes the pod's place away. False when told to stop. */
    private boolean cleared() throws InterruptedException {
        String uid = object().uid();
        while (true) {
            lock.lock();
            try {
                if (stopped) {
                    return false;
                }
            } finally {
                lock.unlock();
            }
            var running = node.runtime().containers(uid).stream().filter(ContainerState::running).toList();
            if (running.isEmpty()) {
                clear(uid);
                return true;
            }
            running.forEach(each -> node.runtime().kill(each.id()));
            lock.lock();
            try {
                if (!poked) {
                    boolean signalled = work.await(RETRY.toMillis(), TimeUnit.MILLISECONDS);
                    LOG.trace("Pod {}: waited for its end, signalled: {}", uid, signalled);
                }
                poked = false;
            } finally {
                lock.unlock();
            }
        }
    }

    private void emit(String type, String reason, String message) {
        node.events().emit(object(), type, reason, message);
    }
}
