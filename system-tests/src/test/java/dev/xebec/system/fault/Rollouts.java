package dev.xebec.system.fault;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * A Deployment that is scaled, and given new pods, again and again, through one gateway after the other. When all is over
 * it has to be rolled out: as many ready pods as it asks for, of its last template, and no others.
 */
final class Rollouts implements Workload {
    private static final String NAMESPACE = "default";
    private static final String NAME = "rolling";
    private static final int MOST = 30;
    private static final Duration PACE = Duration.ofMillis(700);

    private final List<KubernetesClient> gateways;
    private final Random random;
    private Thread thread = Thread.currentThread();
    private volatile boolean stopping;

    Rollouts(Map<String, KubernetesClient> gateways, long seed) {
        this.gateways = List.copyOf(gateways.values());
        random = new Random(seed);
    }

    @Override
    public void start() {
        gateways.get(0).apps().deployments().inNamespace(NAMESPACE).resource(deployment(5, "0")).create();
        thread = Thread.ofPlatform().name("rollouts").start(this::work);
    }

    @Override
    public void stop() throws InterruptedException {
        stopping = true;
        thread.join();
    }

    private void work() {
        for (int version = 1; !stopping; version++) {
            KubernetesClient gateway = gateways.get(random.nextInt(gateways.size()));
            int replicas = random.nextInt(1, MOST);
            String template = Integer.toString(random.nextInt(4) == 0 ? version : version / 8);
            try {
                gateway.apps().deployments().inNamespace(NAMESPACE).resource(deployment(replicas, template))
                        .forceConflicts().serverSideApply();
            } catch (KubernetesClientException unanswered) {
                // The next one comes soon, through another gateway.
            }
            try {
                Thread.sleep(PACE);
            } catch (InterruptedException stopped) {
                return;
            }
        }
    }

    /** What is missing at one of the gateways; empty when it is rolled out everywhere. */
    String unsettled() {
        for (KubernetesClient gateway : gateways) {
            try {
                String missing = unsettled(gateway);
                if (!missing.isEmpty()) {
                    return gateway.getMasterUrl() + ": " + missing;
                }
            } catch (KubernetesClientException unanswered) {
                return gateway.getMasterUrl() + ": " + unanswered.getMessage();
            }
        }
        return "";
    }

    private static String unsettled(KubernetesClient gateway) {
        Deployment deployment = gateway.apps().deployments().inNamespace(NAMESPACE).withName(NAME).get();
        List<Pod> pods = gateway.pods().inNamespace(NAMESPACE).withLabel("app", NAME).list().getItems();
        int wanted = deployment.getSpec().getReplicas();
        String template = deployment.getSpec().getTemplate().getMetadata().getLabels().get("template");
        long good = pods.stream().filter(pod -> "Running".equals(pod.getStatus().getPhase())
                && pod.getMetadata().getDeletionTimestamp() == null
                && template.equals(pod.getMetadata().getLabels().get("template"))).count();
        boolean told = deployment.getStatus() != null
                && deployment.getMetadata().getGeneration().equals(deployment.getStatus().getObservedGeneration())
                && Integer.valueOf(wanted).equals(deployment.getStatus().getReadyReplicas());
        return good == wanted && pods.size() == wanted && told
                ? ""
                : wanted + " pods of template " + template + " wanted, " + good + " good of " + pods.size()
                        + ", status " + deployment.getStatus();
    }

    @Override
    public List<String> violations() {
        String missing = unsettled();
        return missing.isEmpty() ? List.of() : List.of("not rolled out at " + missing);
    }

    private static Deployment deployment(int replicas, String template) {
        return new DeploymentBuilder().withNewMetadata().withName(NAME).endMetadata().withNewSpec()
                .withReplicas(replicas).withNewSelector().addToMatchLabels("app", NAME).endSelector().withNewTemplate()
                .withNewMetadata().addToLabels("app", NAME).addToLabels("template", template).endMetadata()
                .withNewSpec().addNewContainer().withName("main").withImage("none").endContainer().endSpec()
                .endTemplate().endSpec().build();
    }
}
