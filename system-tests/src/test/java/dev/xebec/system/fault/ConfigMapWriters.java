package dev.xebec.system.fault;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A writer at each gateway that creates ConfigMaps, no name twice. Afterwards every gateway has to have each one that was
 * acknowledged, none that was never asked for, and each of them as every other gateway has it.
 */
final class ConfigMapWriters implements Workload {
    private static final String NAMESPACE = "default";
    private static final String LABEL = "writer";
    private static final long PAUSE_MS = 40;
    private static final int SHOWN = 5;

    private final Map<String, KubernetesClient> gateways;
    private final Set<String> acknowledged = ConcurrentHashMap.newKeySet();
    private final Set<String> asked = ConcurrentHashMap.newKeySet();
    private final List<Thread> writers = new ArrayList<>();
    private volatile boolean stopping;

    /** Starts the writers. */
    ConfigMapWriters(Map<String, KubernetesClient> gateways) {
        this.gateways = gateways;
        gateways.forEach((name, client) -> writers
                .add(Thread.ofPlatform().name("writer at " + name).start(() -> write(name, client))));
    }

    int count() {
        return acknowledged.size();
    }

    @Override
    public void stop() throws InterruptedException {
        stopping = true;
        for (Thread writer : writers) {
            writer.join();
        }
    }

    private void write(String gateway, KubernetesClient client) {
        for (int number = 0; !stopping; number++) {
            String name = gateway + "-" + number;
            asked.add(name);
            ConfigMap object = new ConfigMapBuilder().withNewMetadata().withName(name).addToLabels(LABEL, gateway)
                    .endMetadata().addToData("number", Integer.toString(number)).build();
            try {
                client.configMaps().inNamespace(NAMESPACE).resource(object).create();
                acknowledged.add(name);
            } catch (KubernetesClientException unanswered) {
                // It may be there or not; the next one has another name.
                pause();
            }
            pause();
        }
    }

    @Override
    public void close() {
        stopping = true;
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE_MS);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public List<String> violations() {
        List<String> violations = new ArrayList<>();
        Map<String, String> first = null;
        for (Map.Entry<String, KubernetesClient> gateway : gateways.entrySet()) {
            Map<String, String> there = new TreeMap<>();
            for (ConfigMap object : gateway.getValue().configMaps().inNamespace(NAMESPACE).withLabel(LABEL).list()
                    .getItems()) {
                there.put(object.getMetadata().getName(), object.toString());
            }
            tell(violations, "acknowledged and not at " + gateway.getKey(), without(acknowledged, there.keySet()));
            tell(violations, "never asked for and at " + gateway.getKey(), without(there.keySet(), asked));
            if (first != null) {
                tell(violations, "not the same at every gateway", without(first.entrySet().stream()
                        .map(Map.Entry::toString).toList(),
                        there.entrySet().stream().map(Map.Entry::toString).collect(
                                java.util.stream.Collectors.toSet())));
            }
            first = there;
        }
        return violations;
    }

    private static Set<String> without(java.util.Collection<String> these, Set<String> those) {
        Set<String> left = new TreeSet<>(these);
        left.removeAll(those);
        return left;
    }

    private static void tell(List<String> violations, String what, Set<String> names) {
        if (!names.isEmpty()) {
            violations.add(names.size() + " ConfigMaps " + what + ": "
                    + String.join(", ", names.stream().limit(SHOWN).toList()));
        }
    }
}
