package dev.xebec.server.supervisor;

import dev.xebec.server.layout.DataDirectory;
import dev.xebec.server.pki.KafkaPki;
import dev.xebec.server.plan.BrokerPlan;
import dev.xebec.server.plan.ProcessMark;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The embedded broker as a supervised process. It is started after the cluster is ready, because nothing waits for it, and
 * again whenever it ends. Thread-safe.
 */
public final class KafkaBroker implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(KafkaBroker.class);

    private final DataDirectory data;
    private final BrokerPlan plan;
    private final KafkaPki pki;
    private final Runnable onChange;
    private @Nullable ChildProcess process;
    private boolean closed;

    /** @param onChange runs whenever {@link #mark()} has changed */
    public KafkaBroker(DataDirectory data, BrokerPlan plan, KafkaPki pki, Runnable onChange) {
        this.data = data;
        this.plan = plan;
        this.pki = pki;
        this.onChange = onChange;
    }

    /** Starts it and returns at once. That it cannot be started is told in the log and holds nothing up. */
    public void start() {
        Optional<String> classPath = BrokerJars.classPath();
        if (classPath.isEmpty()) {
            LOG.warn("the embedded Kafka broker is not started: this build has no jars of it");
            return;
        }
        List<String> command = KafkaCommand.of(data, plan, pki, classPath.get());
        ChildProcess started;
        synchronized (this) {
            if (closed) {
                return;
            }
            started = new ChildProcess("kafka", command, data.logs().resolve("kafka.out"), onChange);
            process = started;
        }
        onChange.run();
        Thread.ofVirtual().name("supervise kafka").start(() -> {
            try {
                started.supervise();
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            }
        });
    }

    /** {@link ProcessMark#NONE} while it is not running. */
    public synchronized ProcessMark mark() {
        return process == null ? ProcessMark.NONE : process.mark();
    }

    /** Stops it; who writes to it has to be stopped before. */
    @Override
    public void close() {
        ChildProcess stopping;
        synchronized (this) {
            closed = true;
            stopping = process;
        }
        if (stopping != null) {
            stopping.stop();
        }
    }
}
