package dev.xebec.node.service;

import static dev.xebec.node.runtime.ContainerRuntimeContract.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.contracts.Bytes;
import dev.xebec.contracts.codec.NodeCodec;
import dev.xebec.contracts.node.NodeStreamRequest;
import dev.xebec.contracts.node.NodeStreamRequest.Type;
import dev.xebec.kit.bus.BusStream;
import dev.xebec.kit.bus.VertxBus;
import dev.xebec.kit.service.ServiceContext;
import dev.xebec.model.object.ApiObject;
import dev.xebec.model.object.Json;
import dev.xebec.node.runtime.process.ProcessRuntimeConfig.Wish;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A whole node against a cluster in memory: real processes, the real bus. */
class NodeAgentServiceTest {
    private static final String PODS = "/api/v1/namespaces/default/pods";
    private static final String LEASE = "/apis/coordination.k8s.io/v1/namespaces/kube-node-lease/leases/node-0";

    @TempDir
    Path directory;

    private final MemoryCluster cluster = new MemoryCluster();
    private final Vertx vertx = Vertx.vertx();
    private final VertxBus bus = new VertxBus(vertx);
    private NodeAgentService agent;

    @BeforeEach
    void start() throws IOException {
        agent = agent(false);
        agent.start();
    }

    private NodeAgentService agent(boolean keepPods) {
        ServiceContext context = new ServiceContext("node-0", bus, null, null, null, InstantSource.system(),
                null,
                (user, agentName) -> cluster);
        return new NodeAgentService(context, NodeAgentConfig.of("node-0", 3, directory).isolation(Wish.PLAIN)
                .intervals(Duration.ofSeconds(1), Duration.ofMinutes(1)).apiAt("127.0.0.1", 6443)
                .onStop(keepPods, Duration.ofSeconds(5)));
    }

    @AfterEach
    void stop() {
        agent.stop();
        bus.close();
        vertx.close().await();
    }

    private static ObjectNode pod(String name, String script) {
        ObjectNode pod = Json.object().put("apiVersion", "v1").put("kind", "Pod");
        pod.putObject("metadata").put("name", name).put("namespace", "default");
        ObjectNode spec = pod.putObject("spec").put("nodeName", "node-0").put("terminationGracePeriodSeconds", 20);
        ObjectNode container = spec.putArray("containers").addObject().put("name", "main").put("image", "none");
        container.putArray("command").add("sh").add("-c").add(script);
        pod.putObject("status").put("phase", "Pending");
        return pod;
    }

    private static ObjectNode container(ObjectNode pod) {
        return (ObjectNode) pod.path("spec").path("containers").path(0);
    }

    private ApiObject get(String name) {
        return cluster.find(PODS + "/" + name);
    }

    private static String condition(ApiObject object, String type) {
        return StreamSupport.stream(object.status().path("conditions").spliterator(), false)
                .filter(each -> each.path("type").asText().equals(type)).map(each -> each.path("status").asText())
                .findFirst().orElse("none");
    }

    private static JsonNode main(ApiObject pod) {
        return pod.status().path("containerStatuses").path(0);
    }

    private void awaitReady(String name) {
        await(() -> condition(get(name), "Ready").equals("True"));
    }

    @Test
    void theNodeIsRegisteredReadyAndItsLeaseRenewed() {
        await(() -> agent.condition().ready());
        ApiObject node = cluster.find("/api/v1/nodes/node-0");
        assertThat(condition(node, "Ready")).isEqualTo("True");
        assertThat(node.labels()).containsEntry("kubernetes.io/hostname", "node-0").containsEntry("kubernetes.io/os",
                "linux");
        assertThat(node.status().path("allocatable").path("pods").asText()).isEqualTo("110");
        await(() -> cluster.find(LEASE) != null);
        String first = cluster.find(LEASE).spec().path("renewTime").asText();
        assertThat(first).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{6}Z");
        await(() -> !cluster.find(LEASE).spec().path("renewTime").asText().equals(first));
    }

    @Test
    void aPodRunsAndIsDeletedWithinItsGrace() {
        cluster.create(PODS, pod("web", "trap 'exit 0' TERM; while :; do sleep 0.1; done"));
        awaitReady("web");
        ApiObject web = get("web");
        assertThat(web.status().path("phase").asText()).isEqualTo("Running");
        assertThat(web.status().path("podIP").asText()).startsWith("127.64.12.");
        assertThat(main(web).path("containerID").asText()).startsWith("process://");
        cluster.delete(PODS + "/web", null);
        await(() -> get("web") == null);
        awaitNothingLeft();
        await(() -> reasons().containsAll(List.of("Created", "Started", "Killing")));
    }

    @Test
    void aFaultInOneReportDoesNotStopTheHeart() {
        await(() -> cluster.find(LEASE) != null);
        cluster.broken("/api/v1/nodes");
        await(() -> cluster.faults() > 0);
        String lease = cluster.find(LEASE).spec().path("renewTime").asText();
        cluster.broken("none");
        await(() -> !cluster.find(LEASE).spec().path("renewTime").asText().equals(lease));
    }

    @Test
    void aContainerThatWasBeingPreparedWhenTheAgentStoppedIsNotStarted() throws Exception {
        String words = "/api/v1/namespaces/default/configmaps/words";
        ObjectNode object = Json.object().put("apiVersion", "v1").put("kind", "ConfigMap");
        object.putObject("metadata").put("name", "words").put("namespace", "default");
        object.putObject("data").put("greeting", "hello");
        cluster.create("/api/v1/namespaces/default/configmaps", object);
        cluster.held(words);
        ObjectNode pod = pod("late", "sleep 600");
        container(pod).putArray("envFrom").addObject().putObject("configMapRef").put("name", "words");
        String uid = cluster.create(PODS, pod).uid();
        await(() -> cluster.holding() == 1);
        agent.stop();
        long before = asked(words);
        cluster.held("none");
        await(() -> asked(words) > before);
        // What follows the answer takes a moment; a start would leave this directory.
        Thread.sleep(1_000);
        assertThat(directory.resolve("pods").resolve(uid)).exists();
        assertThat(directory.resolve("pods").resolve(uid).resolve("containers")).doesNotExist();
    }

    private long asked(String path) {
        return cluster.requests().stream().filter(request -> request.path().equals(path)).count();
    }

    private void awaitNothingLeft() {
        await(() -> {
            try (var pods = Files.list(directory.resolve("pods"))) {
                return pods.findAny().isEmpty();
            } catch (IOException e) {
                return false;
            }
        });
    }

    private List<String> reasons() {
        return cluster.under("/api/v1/namespaces/default/events/").stream()
                .map(each -> each.tree().path("reason").asText()).toList();
    }

    @Test
    void aPodThatIgnoresTheSignalIsKilledWhenItsGraceIsOver() {
        ObjectNode deaf = pod("deaf", "trap '' TERM; while :; do sleep 0.1; done");
        ((ObjectNode) deaf.path("spec")).put("terminationGracePeriodSeconds", 1);
        cluster.create(PODS, deaf);
        awaitReady("deaf");
        cluster.delete(PODS + "/deaf", null);
        await(() -> get("deaf") == null);
    }

    @Test
    void aPodThatIsTakenAwayAtOnceEndsAtOnce() {
        cluster.create(PODS, pod("web", "sleep 600"));
        awaitReady("web");
        cluster.delete(PODS + "/web", 0);
        awaitNothingLeft();
    }

    @Test
    void aJobsPodSucceedsOrFails() {
        for (int code : new int[]{0, 2}) {
            ObjectNode job = pod("job-" + code, "exit " + code);
            ((ObjectNode) job.path("spec")).put("restartPolicy", "Never");
            cluster.create(PODS, job);
        }
        await(() -> get("job-0").status().path("phase").asText().equals("Succeeded"));
        await(() -> get("job-2").status().path("phase").asText().equals("Failed"));
        assertThat(main(get("job-2")).path("state").path("terminated").path("exitCode").asInt()).isEqualTo(2);
    }

    @Test
    void aContainerThatEndsIsRestartedAtOnceAndThenBacksOff() {
        cluster.create(PODS, pod("crash", "echo run; exit 1"));
        await(() -> main(get("crash")).path("state").path("waiting").path("reason").asText("")
                .equals("CrashLoopBackOff"));
        JsonNode status = main(get("crash"));
        assertThat(status.path("restartCount").asInt()).isEqualTo(1);
        assertThat(status.path("lastState").path("terminated").path("exitCode").asInt()).isEqualTo(1);
        assertThat(status.path("state").path("waiting").path("message").asText())
                .startsWith("back-off 10s restarting failed container=main pod=crash_default(");
    }

    @Test
    void anEnvironmentComesFromTheApiAndWaitsForIt() {
        ObjectNode pod = pod("env", "echo \"$GREETING from $POD_IP at $KUBERNETES_SERVICE_HOST\"; sleep 600");
        var env = container(pod).putArray("env");
        env.addObject().put("name", "GREETING").putObject("valueFrom").putObject("configMapKeyRef").put("name", "words")
                .put("key", "greeting");
        env.addObject().put("name", "POD_IP").putObject("valueFrom").putObject("fieldRef").put("fieldPath",
                "status.podIP");
        cluster.create(PODS, pod);
        await(() -> main(get("env")).path("state").path("waiting").path("reason").asText("")
                .equals("CreateContainerConfigError"));
        assertThat(main(get("env")).path("state").path("waiting").path("message").asText())
                .isEqualTo("configmap \"words\" not found");
        ObjectNode words = Json.object().put("apiVersion", "v1").put("kind", "ConfigMap");
        words.putObject("metadata").put("name", "words").put("namespace", "default");
        words.putObject("data").put("greeting", "hello");
        cluster.create("/api/v1/namespaces/default/configmaps", words);
        awaitReady("env");
        String ip = get("env").status().path("podIP").asText();
        await(() -> logs("env", -1, false).equals("hello from " + ip + " at 127.0.0.1\n"));
    }

    @Test
    void containersFindTheServicesOfTheirNamespace() {
        ObjectNode service = Json.object().put("apiVersion", "v1").put("kind", "Service");
        service.putObject("metadata").put("name", "web").put("namespace", "default");
        service.putObject("spec").put("clusterIP", "127.128.0.9").putArray("ports").addObject().put("port", 80);
        cluster.create("/api/v1/namespaces/default/services", service);
        cluster.create(PODS, pod("told", "echo \"$WEB_SERVICE_HOST:$WEB_SERVICE_PORT\"; sleep 600"));
        ObjectNode untold = pod("untold", "echo \"$WEB_SERVICE_HOST:$WEB_SERVICE_PORT\"; sleep 600");
        ((ObjectNode) untold.path("spec")).put("enableServiceLinks", false);
        cluster.create(PODS, untold);
        awaitReady("told");
        awaitReady("untold");
        await(() -> logs("told", -1, false).equals("127.128.0.9:80\n"));
        await(() -> logs("untold", -1, false).equals(":\n"));
    }

    @Test
    void aPodThatNeedsWhatPlainProcessesCannotHaveSaysSo() {
        ObjectNode pod = pod("mount", "true");
        ((ObjectNode) pod.path("spec")).putArray("volumes").addObject().put("name", "data").putObject("emptyDir");
        container(pod).putArray("volumeMounts").addObject().put("name", "data").put("mountPath", "/data");
        cluster.create(PODS, pod);
        await(() -> main(get("mount")).path("state").path("waiting").path("message").asText("").contains("/data"));
        await(() -> reasons().contains("Failed"));
        cluster.delete(PODS + "/mount", null);
        await(() -> get("mount") == null);
    }

    @Test
    void aReadinessProbeDecidesAndALivenessProbeRestarts() {
        ObjectNode pod = pod("probed", "sleep 600");
        Path ready = directory.resolve("ready");
        ObjectNode readiness = container(pod).putObject("readinessProbe").put("periodSeconds", 1);
        readiness.putObject("exec").putArray("command").add("test").add("-e").add(ready.toString());
        ObjectNode liveness = container(pod).putObject("livenessProbe").put("periodSeconds", 1)
                .put("failureThreshold", 1)
                .put("initialDelaySeconds", 2);
        liveness.putObject("exec").putArray("command").add("test").add("!").add("-e").add(ready.toString());
        cluster.create(PODS, pod);
        await(() -> get("probed").status().path("phase").asText().equals("Running"));
        assertThat(condition(get("probed"), "Ready")).isEqualTo("False");
        assertThatReadyOnceFileIsThere(ready);
        await(() -> main(get("probed")).path("restartCount").asInt() == 1);
        await(() -> reasons().contains("Unhealthy"));
    }

    private void assertThatReadyOnceFileIsThere(Path ready) {
        try {
            Files.createFile(ready);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        await(() -> condition(get("probed"), "Ready").equals("True")
                || main(get("probed")).path("restartCount").asInt() == 1);
    }

    @Test
    void anAgentThatComesBackFindsItsPodsRunningAndClearsThoseThatAreGone() throws IOException {
        cluster.create(PODS, pod("kept", "while :; do sleep 0.1; done"));
        cluster.create(PODS, pod("lost", "while :; do sleep 0.1; done"));
        awaitReady("kept");
        awaitReady("lost");
        agent.stop();
        agent = agent(true);
        agent.start();
        // The first agent ended its pods; they are started again, and this one leaves them running.
        await(() -> main(get("kept")).path("restartCount").asInt() == 1
                && condition(get("kept"), "Ready").equals("True"));
        String id = main(get("kept")).path("containerID").asText();
        agent.stop();
        String lost = get("lost").uid();
        cluster.delete(PODS + "/lost", 0);
        agent = agent(false);
        agent.start();
        await(() -> agent.condition().ready());
        await(() -> !Files.exists(directory.resolve("pods").resolve(lost)));
        assertThat(main(get("kept")).path("containerID").asText()).isEqualTo(id);
        assertThat(condition(get("kept"), "Ready")).isEqualTo("True");
    }

    @Test
    void aDirectoryHasOneAgent() {
        assertThatThrownBy(() -> agent(false).start()).isInstanceOf(IOException.class)
                .hasMessageContaining("another node agent works on");
    }

    @Test
    void workGoesOnWhenTheClusterComesBack() {
        cluster.create(PODS, pod("web", "sleep 600"));
        awaitReady("web");
        cluster.down(true);
        ApiObject web = get("web");
        cluster.down(false);
        cluster.delete(PODS + "/web", null);
        await(() -> get("web") == null);
        assertThat(web.status().path("phase").asText()).isEqualTo("Running");
    }

    private NodeStreamRequest request(Type type, String pod, List<String> command, long tail, boolean timestamps) {
        return new NodeStreamRequest(type, "default", pod, "", "", command, true, true, true, false, false, false,
                timestamps, tail, 0, 0, 0, false);
    }

    private String logs(String pod, long tail, boolean timestamps) {
        return text(request(Type.LOGS, pod, List.of(), tail, timestamps), NodeStreamRequest.STDOUT, "");
    }

    private String text(NodeStreamRequest request, byte channel, String stdin) {
        StringBuilder text = new StringBuilder();
        try (BusStream stream = bus.open(NodeStreamRequest.address("node-0"), NodeCodec.request(request),
                Duration.ofSeconds(10))) {
            if (!stdin.isEmpty()) {
                stream.send(Bytes.of(("\0" + stdin).getBytes(StandardCharsets.UTF_8)));
                stream.send(Bytes.of(new byte[]{NodeStreamRequest.STDIN}));
            }
            for (Bytes frame = stream.receive(Duration.ofSeconds(20)); frame != null; frame = stream
                    .receive(Duration.ofSeconds(20))) {
                if (frame.array()[0] == channel) {
                    text.append(new String(frame.array(), 1, frame.size() - 1, StandardCharsets.UTF_8));
                }
            }
        }
        return text.toString();
    }

    @Test
    void logsAreServedWithTimesAndTails() {
        cluster.create(PODS, pod("talk", "for i in 1 2 3 4 5; do echo line $i; done; sleep 600"));
        awaitReady("talk");
        await(() -> logs("talk", -1, false).endsWith("line 5\n"));
        assertThat(logs("talk", 2, false)).isEqualTo("line 4\nline 5\n");
        assertThat(logs("talk", 1, true)).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{9}Z line 5\n");
        assertThat(text(request(Type.LOGS, "talk", List.of(), -1, false), NodeStreamRequest.STATUS, ""))
                .contains("\"Success\"");
        assertThat(text(request(Type.LOGS, "nobody", List.of(), -1, false), NodeStreamRequest.STATUS, ""))
                .contains("\"Failure\"").contains("waiting to start");
    }

    @Test
    void execCarriesInputOutputAndTheExitCode() {
        cluster.create(PODS, pod("box", "sleep 600"));
        awaitReady("box");
        NodeStreamRequest cat = request(Type.EXEC, "box", List.of("sh", "-c", "cat; echo oops >&2; exit 7"), -1, false);
        assertThat(text(cat, NodeStreamRequest.STDOUT, "typed")).isEqualTo("typed");
        assertThat(text(cat, NodeStreamRequest.STDERR, "typed")).isEqualTo("oops\n");
        JsonNode status = Json.parse(text(cat, NodeStreamRequest.STATUS, "typed").getBytes(StandardCharsets.UTF_8));
        assertThat(status.path("reason").asText()).isEqualTo("NonZeroExitCode");
        assertThat(status.path("details").path("causes").path(0).path("message").asText()).isEqualTo("7");
        NodeStreamRequest fine = request(Type.EXEC, "box", List.of("true"), -1, false);
        assertThat(text(fine, NodeStreamRequest.STATUS, "")).contains("\"Success\"");
    }
}
