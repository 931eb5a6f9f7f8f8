package dev.xebec.kafka;

import java.util.Map;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.utils.Time;

/**
 * A broker in this process. It keeps its folder and its ports, so another one of the same settings goes on where it
 * stopped. Thread-safe.
 */
public final class EmbeddedBroker implements AutoCloseable {
    private final BrokerSettings settings;
    private final KafkaRaftServer server;

    private EmbeddedBroker(BrokerSettings settings, KafkaRaftServer server) {
        this.settings = settings;
        this.server = server;
    }

    /** Returns when clients are served; throws where a port is taken or the folder cannot be used. */
    public static EmbeddedBroker start(BrokerSettings settings) {
        Map<String, String> properties = BrokerProperties.of(settings);
        try {
            BrokerFolder.format(settings);
            KafkaRaftServer server = new KafkaRaftServer(new KafkaConfig(properties, false), Time.SYSTEM);
            server.startup();
            return new EmbeddedBroker(settings, server);
        } catch (RuntimeException failure) {
            throw failure;
        } catch (Exception failure) {
            throw new IllegalStateException("cannot format " + settings.folder(), failure);
        }
    }

    /** What a client connects to. */
    public String bootstrap() {
        return settings.bootstrap();
    }

    public BrokerSettings settings() {
        return settings;
    }

    /** Stops it in order; everything that was acknowledged is in its folder. */
    @Override
    public void close() {
        server.shutdown();
        server.awaitShutdown();
    }
}
