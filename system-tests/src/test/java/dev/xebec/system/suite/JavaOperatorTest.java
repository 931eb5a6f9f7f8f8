package dev.xebec.system.suite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.xebec.system.TestCluster;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.NonNamespaceOperation;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * The operator in {@code system-tests/java-operator}, of the Java Operator SDK and the client that it brings, as two programs
 * of which one leads: its definition, the objects it keeps, what it watches, its status, its finalizer, and its end.
 */
@Timeout(300)
@ExtendWith(SharedCluster.class)
class JavaOperatorTest {
    private static final String NAMESPACE = "java-operator";
    private static final Path BUILT = Path.of("java-operator", "target");
    private static final Map<String, Process> OPERATORS = new HashMap<>();
    @TempDir
    private static Path logs;
    private static KubernetesClient client;

    @BeforeAll
    static void begin(TestCluster cluster) throws Exception {
        client = cluster.client();
        client.namespaces().resource(new NamespaceBuilder().withNewMetadata().withName(NAMESPACE).endMetadata().build())
                .create();
        client.load(Files.newInputStream(Path.of("src", "test", "resources", "java-operator", "berths.yaml")))
                .serverSideApply();
        client.apiextensions().v1().customResourceDefinitions().withName("berths.berths.example.com")
                .waitUntilCondition(
                        definition -> definition.getStatus() != null && definition.getStatus().getConditions().stream()
                                .anyMatch(condition -> condition.getType().equals("Established")
                                        && condition.getStatus().equals("True")),
                        60, TimeUnit.SECONDS);
        for (String identity : List.of("first", "second")) {
            OPERATORS.put(identity, operator(identity, cluster.kubeconfig()));
        }
    }

    @AfterAll
    static void leave() throws Exception {
        for (Process operator : OPERATORS.values()) {
            operator.destroyForcibly().waitFor();
        }
        client.namespaces().withName(NAMESPACE).delete();
        client.close();
    }

    @Test
    void reconcilesAndHandsOver() throws Exception {
        configMaps().resource(tariff("3")).create();
        berths().resource(berth("north", 100)).create();
        awaitFee("north", 300);
        assertThat(berths().withName("north").get().getMetadata().getFinalizers())
                .containsExactly("berths.example.com/leave");
        statusHasAnOwnerOfItsOwn();
        theManifestIsKept();
        configMaps().withName("tariff").edit(found -> new ConfigMapBuilder(found).addToData("ton", "5").build());
        awaitFee("north", 500);

        String leader = leader();
        assertThat(berths().withName("north").get().<String>get("status", "by")).isEqualTo(leader);
        OPERATORS.get(leader).destroyForcibly().waitFor();
        berths().withName("north").edit(found -> berth("north", 200, found));
        awaitFee("north", 1000);
        assertThat(leader()).isNotEqualTo(leader);

        berths().withName("north").delete();
        TestCluster.awaitTrue("its end", () -> berths().withName("north").get() == null);
        assertThat(configMaps().withName("north-left").get().getData()).containsEntry("ship", "north");
        TestCluster.awaitTrue("the end of what it owned", () -> configMaps().withName("north-manifest").get() == null);
    }

    private static void statusHasAnOwnerOfItsOwn() {
        assertThat(berths().withName("north").get().getMetadata().getManagedFields())
                .anyMatch(entry -> "status".equals(entry.getSubresource()) && entry.getOperation().equals("Apply"));
    }

    private static void theManifestIsKept() throws Exception {
        ConfigMap manifest = configMaps().withName("north-manifest").get();
        assertThat(manifest.getData()).containsExactly(Map.entry("ship", "north"), Map.entry("tons", "100"));
        assertThat(manifest.getMetadata().getOwnerReferences()).extracting(OwnerReference::getKind)
                .containsExactly("Berth");
        configMaps().withName("north-manifest")
                .edit(found -> new ConfigMapBuilder(found).addToData("ship", "pirate").build());
        TestCluster.awaitTrue("what was desired",
                () -> "north".equals(configMaps().withName("north-manifest").get().getData().get("ship")));
        configMaps().withName("north-manifest").delete();
        TestCluster.awaitTrue("a new one", () -> configMaps().withName("north-manifest").get() != null);
    }

    private static void awaitFee(String name, int fee) throws Exception {
        try {
            TestCluster.awaitTrue("a fee of " + fee, () -> {
                GenericKubernetesResource found = berths().withName(name).get();
                return Integer.valueOf(fee).equals(found.get("status", "fee"))
                        && found.getMetadata().getGeneration().intValue() == found
                                .<Integer>get("status", "observedGeneration");
            });
        } catch (AssertionError late) {
            throw new AssertionError(late.getMessage() + "; the operators said:\n" + said(), late);
        }
    }

    private static String leader() {
        return client.leases().inNamespace(NAMESPACE).withName("berths").get().getSpec().getHolderIdentity();
    }

    private static NonNamespaceOperation<GenericKubernetesResource, ?, Resource<GenericKubernetesResource>> berths() {
        return client.genericKubernetesResources("berths.example.com/v1", "Berth").inNamespace(NAMESPACE);
    }

    private static NonNamespaceOperation<ConfigMap, ?, Resource<ConfigMap>> configMaps() {
        return client.configMaps().inNamespace(NAMESPACE);
    }

    private static GenericKubernetesResource berth(String ship, int tons) {
        GenericKubernetesResource berth = new GenericKubernetesResource();
        berth.setApiVersion("berths.example.com/v1");
        berth.setKind("Berth");
        berth.setMetadata(new ObjectMetaBuilder().withName(ship).build());
        return berth(ship, tons, berth);
    }

    private static GenericKubernetesResource berth(String ship, int tons, GenericKubernetesResource berth) {
        berth.setAdditionalProperty("spec", Map.of("ship", ship, "tons", tons, "tariff", "tariff"));
        return berth;
    }

    private static ConfigMap tariff(String ton) {
        return new ConfigMapBuilder().withNewMetadata().withName("tariff")
                .addToLabels("berths.example.com/tariff", "").endMetadata().addToData("ton", ton).build();
    }

    /** With a class path of its own, since it brings another version of the client than this test's. */
    private static Process operator(String identity, Path kubeconfig) throws Exception {
        Path dependencies = BUILT.resolve("class-path");
        assertThat(dependencies).as("the module system-tests/java-operator is built before this one").exists();
        ProcessBuilder operator = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx128m", "-cp",
                BUILT.resolve("classes") + File.pathSeparator + Files.readString(dependencies),
                "dev.xebec.berths.BerthOperator", NAMESPACE, identity);
        operator.environment().put("KUBECONFIG", kubeconfig.toString());
        return operator.redirectErrorStream(true).redirectOutput(logs.resolve(identity).toFile()).start();
    }

    private static String said() throws Exception {
        StringBuilder text = new StringBuilder();
        for (String identity : OPERATORS.keySet()) {
            List<String> lines = Files.readAllLines(logs.resolve(identity));
            text.append(String.join("\n", lines.subList(Math.max(0, lines.size() - 30), lines.size()))).append('\n');
        }
        return text.toString();
    }
}
