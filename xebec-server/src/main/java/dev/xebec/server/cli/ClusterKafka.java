package dev.xebec.server.cli;

import dev.xebec.server.StartupException;
import dev.xebec.server.kafka.ClientProperties;
import dev.xebec.server.kafka.KafkaAccess;
import dev.xebec.server.layout.DataDirectory;
import dev.xebec.server.plan.ClusterFile;
import dev.xebec.server.plan.KafkaShape;
import java.util.Map;

/** The Kafka of the cluster in a data folder. */
record ClusterKafka(DataDirectory directory, ClusterFile file) {
    private static final long RETRY_MS = 500;

    /** @throws StartupException where there is no cluster or it has no Kafka that could answer */
    static ClusterKafka of(DataDirectory directory) {
        if (!directory.exists()) {
            throw new StartupException("there is no cluster in " + directory.root() + "; make one with ./xebec up");
        }
        ClusterFile file = ClusterFile.read(directory)
                .orElseThrow(() -> new StartupException("the cluster in " + directory.root() + " is just starting"));
        KafkaShape kafka = file.plan().shape().kafka();
        if (kafka.off()) {
            throw new StartupException("Kafka is off in the cluster in " + directory.root()
                    + "; there are events from ./xebec up --kafka embedded on");
        }
        if (kafka.embedded() && !directory.locked()) {
            throw new StartupException("no cluster is running on " + directory.root()
                    + ", and its Kafka runs with it; start it with ./xebec up");
        }
        return new ClusterKafka(directory, file);
    }

    KafkaShape shape() {
        return file.plan().shape().kafka();
    }

    /** Returns once Kafka answers; fails at once where nobody wants to wait. */
    void await(boolean patient) throws InterruptedException {
        boolean told = false;
        while (!KafkaStatus.of(directory, file).path("healthy").asBoolean()) {
            String where = KafkaStatus.of(directory, file).path("bootstrap").asText();
            if (!patient) {
                throw new StartupException("Kafka at " + where + " does not answer" + (shape().embedded()
                        ? "; it starts a few seconds after the cluster is ready: ./xebec status tells, --follow waits"
                        : ""));
            }
            if (!told) {
                System.err.println("xebec: waiting for Kafka at " + where);
                told = true;
            }
            Thread.sleep(RETRY_MS);
        }
    }

    /** What a client needs to be let in. */
    Map<String, String> properties() {
        KafkaShape kafka = shape();
        Map<String, String> properties = ClientProperties
                .read(kafka.embedded() ? KafkaAccess.client(directory).toString() : kafka.properties());
        properties.put("bootstrap.servers",
                kafka.embedded() ? file.plan().host() + ":" + file.plan().broker().port() : kafka.cluster());
        return properties;
    }
}
