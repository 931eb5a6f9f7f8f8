package dev.xebec.benchmarks;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.HdrHistogram.Recorder;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Creates pods that no scheduler takes and listens to the task events of a Xebec cluster: how long after the answer to its create
 * each pod's first event can be read from Kafka, and how many are read in a second. Each has to come once.
 */
@Command(name = "events", description = "Create pods and wait for their events in Kafka.")
final class EventsLoad implements Callable<Integer> {
    private static final Duration POLL = Duration.ofMillis(100);
    /** Without news for so long, what is missing is missing. */
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(60);

    @Mixin
    private Target target;
    @Option(names = "--count", defaultValue = "2000", description = "pods (default: ${DEFAULT-VALUE})")
    private long count;
    @Option(names = "--kafka", required = true, description = "HOST:PORT of a broker")
    private String kafka;
    @Option(names = "--kafka-config", description = "file of Kafka client properties, for TLS and the like")
    private @Nullable Path kafkaConfig;
    @Option(names = "--topic", defaultValue = "xebec.task-events", description = "(default: ${DEFAULT-VALUE})")
    private String topic;

    private final Map<String, Long> answered = new ConcurrentHashMap<>();
    private final Map<String, Long> heard = new ConcurrentHashMap<>();
    private final CountDownLatch listening = new CountDownLatch(1);
    private final AtomicLong repeated = new AtomicLong();

    @Override
    public Integer call() throws Exception {
        target.prepare();
        String run = Long.toString(System.currentTimeMillis(), 36);
        Thread listener = Thread.ofPlatform().daemon().start(() -> listen("e-" + run));
        listening.await();
        long start = System.nanoTime();
        String path = "/api/v1/namespaces/" + target.namespace() + "/pods";
        new Swarm(target).run("create Pod", count, (connection, number) -> {
            String name = "e-" + run + "-" + number;
            int code = connection.send("POST", path, pod(name), "application/json").statusCode();
            answered.put(name, System.nanoTime());
            return code;
        });
        long created = System.nanoTime();
        listener.join();
        report(start, created);
        return heard.size() == count && repeated.get() == 0 ? 0 : 1;
    }

    private static byte[] pod(String name) {
        return ("{\"apiVersion\":\"v1\",\"kind\":\"Pod\",\"metadata\":{\"name\":\"" + name
                + "\"},\"spec\":{\"schedulerName\":\"nobody\",\"containers\":[{\"name\":\"c\",\"image\":\"none\"}]}}")
                .getBytes(StandardCharsets.UTF_8);
    }

    private void report(long start, long created) {
        Recorder latency = new Recorder(3);
        long last = start;
        for (var event : heard.entrySet()) {
            Long answer = answered.get(event.getKey());
            // The event may be there before the answer is: then it took no time that anybody could notice.
            latency.recordValue(answer == null ? 0 : Math.max(0, event.getValue() - answer) / 1_000);
            last = Math.max(last, event.getValue());
        }
        var figures = latency.getIntervalHistogram();
        System.out.printf(Locale.ROOT,
                "events: %d of %d pods told, %d repeated; %.0f events/s; from the answer to Kafka p50 %.1f ms p99 %.1f ms "
                        + "max %.1f ms; last event %.0f ms after the last answer%n",
                heard.size(), count, repeated.get(), heard.size() / ((last - start) / 1e9),
                figures.getValueAtPercentile(50) / 1e3, figures.getValueAtPercentile(99) / 1e3,
                figures.getMaxValue() / 1e3, Math.max(0, last - created) / 1e6);
    }

    private void listen(String prefix) {
        try (KafkaConsumer<String, byte[]> consumer = new KafkaConsumer<>(properties(), new StringDeserializer(),
                new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(partition -> new TopicPartition(topic, partition.partition())).toList();
            consumer.assign(partitions);
            consumer.seekToEnd(partitions);
            partitions.forEach(consumer::position);
            listening.countDown();
            long newsAt = System.nanoTime();
            while (heard.size() < count && System.nanoTime() - newsAt < PATIENCE_NANOS) {
                for (ConsumerRecord<String, byte[]> event : consumer.poll(POLL)) {
                    String name = header(event, "ce_name");
                    if (name.startsWith(prefix) && header(event, "ce_type").equals("dev.xebec.task.created")) {
                        newsAt = System.nanoTime();
                        repeated.addAndGet(heard.putIfAbsent(name, newsAt) == null ? 0 : 1);
                    }
                }
            }
        } finally {
            listening.countDown();
        }
    }

    private static String header(ConsumerRecord<String, byte[]> event, String name) {
        Header header = event.headers().lastHeader(name);
        return header == null ? "" : new String(header.value(), StandardCharsets.UTF_8);
    }

    private Properties properties() {
        Properties properties = new Properties();
        if (kafkaConfig != null) {
            try (Reader reader = Files.newBufferedReader(kafkaConfig)) {
                properties.load(reader);
            } catch (IOException unreadable) {
                throw new UncheckedIOException(unreadable);
            }
        }
        properties.put("bootstrap.servers", kafka);
        properties.put("isolation.level", "read_committed");
        properties.put("enable.auto.commit", "false");
        return properties;
    }
}
