package dev.xebec.node.worker;

import dev.xebec.model.object.ApiObject;
import dev.xebec.node.runtime.ContainerId;
import dev.xebec.node.runtime.ContainerState;
import dev.xebec.node.runtime.PodSandbox;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The pods of one node, each with its worker. Thread-safe. */
public final class NodePods {
    private static final Logger LOG = LoggerFactory.getLogger(NodePods.class);
    private static final Duration AFTER_FAULT = Duration.ofSeconds(10);

    private final WorkerContext node;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, PodWorker> workers = new HashMap<>();
    private boolean stopped;

    public NodePods(WorkerContext node) {
        this.node = node;
    }

    /** A container of the pod has changed. */
    public void poke(String uid) {
        PodWorker worker;
        lock.lock();
        try {
            worker = workers.get(uid);
        } finally {
            lock.unlock();
        }
        if (worker != null) {
            worker.poke();
        }
    }

    /** A pod that is new here or has changed. */
    public void update(ApiObject pod) {
        PodWorker worker;
        lock.lock();
        try {
            if (stopped) {
                return;
            }
            worker = workers.get(pod.uid());
            if (worker == null) {
                begin(pod);
                return;
            }
        } finally {
            lock.unlock();
        }
        worker.update(pod);
    }

    /** A pod whose object is gone, or was never there for what still runs. */
    public void gone(String uid) {
        PodWorker worker;
        lock.lock();
        try {
            worker = workers.get(uid);
        } finally {
            lock.unlock();
        }
        if (worker != null) {
            worker.gone();
        }
    }

    private PodWorker begin(ApiObject pod) {
        PodWorker worker = new PodWorker(node, pod, () -> over(pod.uid()));
        workers.put(pod.uid(), worker);
        Thread.ofVirtual().name("pod-" + pod.namespace() + "/" + pod.name()).start(() -> run(pod, worker));
        return worker;
    }

    /** A fault in one pod's work is told and costs that pod a pause, not the node its other pods. */
    private void run(ApiObject pod, PodWorker worker) {
        boolean over = false;
        while (!over) {
            try {
                worker.run();
                over = true;
            } catch (RuntimeException fault) {
                LOG.error("Fault in the work for pod {}; it goes on in {}", pod.key(), AFTER_FAULT, fault);
                try {
                    Thread.sleep(AFTER_FAULT);
                } catch (InterruptedException interrupted) {
                    Thread.currentThread().interrupt();
                    over = true;
                }
            }
        }
    }

    private void over(String uid) {
        lock.lock();
        try {
            workers.remove(uid);
        } finally {
            lock.unlock();
        }
    }

    /** Ends what still runs of pods that are not among these, which are all the pods of this node. */
    public void keepOnly(Set<String> uids) {
        for (PodSandbox pod : node.runtime().pods()) {
            if (uids.contains(pod.uid())) {
                continue;
            }
            @Nullable
            PodWorker worker;
            lock.lock();
            try {
                worker = stopped ? null : workers.get(pod.uid());
                if (worker == null && !stopped) {
                    LOG.info("Pod {}/{} ({}) is gone from the cluster: clearing what it left", pod.namespace(),
                            pod.name(), pod.uid());
                    worker = begin(placeholder(pod));
                }
            } finally {
                lock.unlock();
            }
            if (worker != null) {
                worker.gone();
            }
        }
    }

    private static ApiObject placeholder(PodSandbox pod) {
        var tree = dev.xebec.model.object.Json.object().put("apiVersion", "v1").put("kind", "Pod");
        tree.putObject("metadata").put("name", pod.name()).put("namespace", pod.namespace()).put("uid", pod.uid());
        return ApiObject.of(tree);
    }

    /** Ends the workers; containers run on. */
    public void stopWorkers() {
        List<PodWorker> all;
        lock.lock();
        try {
            stopped = true;
            all = List.copyOf(workers.values());
            workers.clear();
        } finally {
            lock.unlock();
        }
        all.forEach(PodWorker::stop);
    }

    /**
     * Ends the containers of all pods: asks, waits for {@code grace} at most, kills. Objects stay as they are. Workers that
     * are still in the middle of something can start no more.
     */
    public void terminateAll(Duration grace) throws InterruptedException {
        node.runtime().seal();
        long begunNanos = System.nanoTime();
        Duration patience = grace.plus(AFTER_FAULT);
        Set<ContainerId> asked = new HashSet<>();
        List<ContainerState> left = running();
        Duration waited = Duration.ZERO;
        while (!left.isEmpty() && waited.compareTo(patience) < 0) {
            boolean late = waited.compareTo(grace) >= 0;
            for (ContainerState each : left) {
                if (late) {
                    node.runtime().kill(each.id());
                } else if (asked.add(each.id())) {
                    node.runtime().terminate(each.id());
                }
            }
            Thread.sleep(20);
            left = running();
            waited = Duration.ofNanos(System.nanoTime() - begunNanos);
        }
        if (!left.isEmpty()) {
            LOG.warn("Containers that could not be ended: {}", left);
        }
    }

    private List<ContainerState> running() {
        return node.runtime().containers().stream().filter(ContainerState::running).toList();
    }
}
