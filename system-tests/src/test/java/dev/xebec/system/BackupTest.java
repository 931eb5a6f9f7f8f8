package dev.xebec.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Three masters are backed up, and put back to where they were, while a writer and an informer go on. */
@Timeout(600)
class BackupTest {
    @TempDir
    private Path folder;

    @Test
    void aRestoreIsSeenByEverybodyAndLosesNothingOfTheBackup() throws Exception {
        Assumptions.assumeFalse(TestCluster.onEtcd(), "what is in etcd is restored with etcd's own tools");
        Path file = folder.resolve("backup.gz");
        try (TestCluster cluster = TestCluster.up(folder.resolve("data"), "--masters", "3", "--nodes", "0");
                KubernetesClient client = cluster.client();
                SharedIndexInformer<ConfigMap> informer = client.configMaps().inNamespace("default")
                        .withLabel("of", "backup").inform()) {
            Set<String> acknowledged = new ConcurrentSkipListSet<>();
            AtomicBoolean stop = new AtomicBoolean();
            Thread writer = Thread.ofPlatform().start(() -> write(client, acknowledged, stop));
            TestCluster.awaitTrue("first writes", () -> acknowledged.size() > 20);
            Set<String> before = new TreeSet<>(acknowledged);
            assertThat(cluster.run("state", "backup", file.toString())).isZero();
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file))).isEqualTo("rw-------");
            int atBackup = acknowledged.size();
            TestCluster.awaitTrue("writes after it", () -> acknowledged.size() > atBackup + 20);
            stop.set(true);
            writer.join();
            Set<String> late = new TreeSet<>(acknowledged);
            TestCluster.awaitTrue("an informer that saw all", () -> names(informer.getStore().list()).equals(late));

            assertThat(cluster.run("state", "restore", file.toString())).as("without --yes").isEqualTo(2);
            assertThat(cluster.run("state", "restore", "--yes", file.toString())).isZero();

            Set<String> restored = names(list(client));
            assertThat(restored).containsAll(before).isNotEqualTo(late);
            assertThat(late).containsAll(restored);
            TestCluster.awaitTrue("an informer that heard of it",
                    () -> names(informer.getStore().list()).equals(restored));
            for (KubernetesClient gateway : cluster.clientsOfEachGateway()) {
                try (gateway) {
                    TestCluster.awaitTrue("a gateway that heard of it", () -> names(list(gateway)).equals(restored));
                }
            }
            client.configMaps().inNamespace("default").resource(configMap("next")).create();
            TestCluster.awaitTrue("an informer that goes on",
                    () -> names(informer.getStore().list()).contains("next"));
            assertThat(cluster.check()).isZero();
        }
    }

    private static void write(KubernetesClient client, Set<String> acknowledged, AtomicBoolean stop) {
        for (int number = 0; !stop.get(); number++) {
            String name = "c-" + number;
            try {
                client.configMaps().inNamespace("default").resource(configMap(name)).create();
                acknowledged.add(name);
            } catch (KubernetesClientException unanswered) {
                number--;
            }
        }
    }

    private static ConfigMap configMap(String name) {
        return new ConfigMapBuilder().withNewMetadata().withName(name).addToLabels("of", "backup").endMetadata()
                .build();
    }

    private static List<ConfigMap> list(KubernetesClient client) {
        return client.configMaps().inNamespace("default").withLabel("of", "backup").list().getItems();
    }

    private static Set<String> names(List<ConfigMap> found) {
        return found.stream().map(map -> map.getMetadata().getName()).collect(Collectors.toCollection(TreeSet::new));
    }
}
