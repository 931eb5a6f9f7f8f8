package dev.xebec.node.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.xebec.contracts.UnavailableException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every runtime promises. */
public abstract class ContainerRuntimeContract {
    protected static final Duration PATIENCE = Duration.ofSeconds(40);

    protected ContainerRuntime runtime;

    /** On the same directory or state each time. */
    protected abstract ContainerRuntime open() throws Exception;

    /** A container that runs until it is told to end. */
    protected abstract ContainerSpec lasting(ContainerId id);

    /** A container that ends by itself soon, with this code. */
    protected abstract ContainerSpec ending(ContainerId id, int code);

    @BeforeEach
    void openRuntime() throws Exception {
        runtime = open();
    }

    @AfterEach
    void killAll() {
        runtime.containers().stream().filter(ContainerState::running).forEach(each -> runtime.kill(each.id()));
        await(() -> runtime.containers().stream().noneMatch(ContainerState::running));
        runtime.close();
    }

    public static void await(BooleanSupplier condition) {
        Instant deadline = Instant.now().plus(PATIENCE);
        while (!condition.getAsBoolean()) {
            assertThat(Instant.now()).as("patience").isBefore(deadline);
            try {
                Thread.sleep(10);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    protected ContainerState state(ContainerId id) {
        return runtime.containers(id.podUid()).stream().filter(each -> each.id().equals(id)).findFirst().orElseThrow();
    }

    protected ContainerState.Exit awaitExit(ContainerId id) {
        await(() -> !state(id).running());
        return state(id).exit();
    }

    protected ContainerId id(String pod, String container, int attempt) {
        runtime.openPod(pod, "default", "name-of-" + pod);
        return new ContainerId(pod, container, attempt);
    }

    protected static ContainerSpec spec(ContainerId id, List<String> command) {
        return new ContainerSpec(id, "image", command, Map.of("GREETING", "hello"), "", "host", List.of(),
                ContainerSpec.Limits.NONE, Duration.ZERO, "/dev/termination-log");
    }

    @Test
    void podsKeepTheirAddress() {
        PodSandbox first = runtime.openPod("a", "default", "a");
        PodSandbox second = runtime.openPod("b", "default", "b");
        assertThat(first.ip()).isNotEmpty().isNotEqualTo(second.ip());
        assertThat(runtime.openPod("a", "default", "a")).isEqualTo(first);
        assertThat(runtime.pods()).containsExactlyInAnyOrder(first, second);
        runtime.removePod("a");
        assertThat(runtime.pods()).containsExactly(second);
    }

    @Test
    void aContainerRunsUntilItIsTerminated() {
        ContainerId id = id("a", "main", 0);
        assertThat(runtime.start(lasting(id)).running()).isTrue();
        await(() -> state(id).running());
        runtime.terminate(id);
        assertThat(awaitExit(id).code()).isEqualTo(143);
    }

    @Test
    void anExitCodeIsKept() {
        ContainerId good = id("a", "good", 0);
        ContainerId bad = id("a", "bad", 0);
        runtime.start(ending(good, 0));
        runtime.start(ending(bad, 3));
        assertThat(awaitExit(good).code()).isZero();
        assertThat(state(good).exit().reason()).isEqualTo("Completed");
        assertThat(awaitExit(bad).code()).isEqualTo(3);
        assertThat(state(bad).exit().reason()).isEqualTo("Error");
    }

    @Test
    void aKilledContainerEndsWith137() {
        ContainerId id = id("a", "main", 0);
        runtime.start(lasting(id));
        runtime.kill(id);
        assertThat(awaitExit(id).code()).isEqualTo(137);
        runtime.kill(id);
        runtime.terminate(id);
        assertThat(state(id).exit().code()).isEqualTo(137);
    }

    @Test
    void listenersHearOfAnEnd() {
        Set<String> heard = ConcurrentHashMap.newKeySet();
        runtime.onChange(heard::add);
        ContainerId id = id("a", "main", 0);
        runtime.start(ending(id, 0));
        await(() -> heard.contains("a"));
        assertThat(state(id).running()).isFalse();
    }

    @Test
    void attemptsComeOldestFirstAndAreForgottenOneByOne() {
        ContainerId first = id("a", "main", 0);
        runtime.start(ending(first, 1));
        awaitExit(first);
        ContainerId second = id("a", "main", 1);
        runtime.start(ending(second, 1));
        awaitExit(second);
        assertThat(runtime.containers("a")).extracting(ContainerState::id).containsExactly(first, second);
        runtime.remove(first);
        assertThat(runtime.containers("a")).extracting(ContainerState::id).containsExactly(second);
        runtime.removePod("a");
        assertThat(runtime.containers()).isEmpty();
    }

    @Test
    void aRunningContainerCannotBeForgotten() {
        ContainerId id = id("a", "main", 0);
        runtime.start(lasting(id));
        assertThatThrownBy(() -> runtime.remove(id)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void nothingIsStartedBehindTheBackOfWhoEndsAll() throws InterruptedException {
        runtime.openPod("a", "default", "a");
        Thread worker = Thread.ofPlatform().start(() -> {
            try {
                for (int attempt = 0;; attempt++) {
                    runtime.start(lasting(new ContainerId("a", "main", attempt)));
                }
            } catch (UnavailableException sealed) {
                return;
            }
        });
        await(() -> !runtime.containers().isEmpty());
        runtime.seal();
        List<ContainerState> seen = runtime.containers();
        worker.join();
        assertThat(runtime.containers()).hasSameSizeAs(seen);
    }

    @Test
    void anIdIsUsedOnce() {
        ContainerId id = id("a", "main", 0);
        runtime.start(ending(id, 0));
        assertThatThrownBy(() -> runtime.start(ending(id, 0))).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void execOfWhatDoesNotRunIsEmpty() {
        ContainerId id = id("a", "main", 0);
        assertThat(runtime.exec(id, new ExecSpec(List.of("true"), false, false))).isEmpty();
        runtime.start(ending(id, 0));
        awaitExit(id);
        assertThat(runtime.exec(id, new ExecSpec(List.of("true"), false, false))).isEmpty();
    }
}
