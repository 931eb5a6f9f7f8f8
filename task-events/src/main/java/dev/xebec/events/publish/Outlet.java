package dev.xebec.events.publish;

import io.cloudevents.jackson.JsonFormat;
import io.cloudevents.kafka.KafkaMessageFactory;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.kafka.client.producer.KafkaProducer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * One shard's way into Kafka: a transactional producer. To open it takes the shard over: what a predecessor has begun is undone,
 * and what it sends from now on is refused. Used by one thread; any may {@link #drop} it.
 */
final class Outlet {
    /** A call that Kafka's client has not ended by then is given up; the client's own limits are shorter. */
    private static final long CALL_PATIENCE_SECONDS = 90;
    private static final int REQUEST_MILLIS = 10_000;
    private static final int DELIVERY_MILLIS = 20_000;

    private final PublisherSettings settings;
    private final int shard;
    private final KafkaProducer<String, byte[]> producer;

    private Outlet(PublisherSettings settings, int shard, KafkaProducer<String, byte[]> producer) {
        this.settings = settings;
        this.shard = shard;
        this.producer = producer;
    }

    /** Makes the producer; nothing is asked of Kafka yet. */
    static Outlet create(Vertx vertx, PublisherSettings settings, int shard) {
        Map<String, String> properties = settings.kafka().client(settings.transactionalId(shard));
        properties.put("transactional.id", settings.transactionalId(shard));
        properties.put("transaction.timeout.ms", Long.toString(settings.timing().transaction().toMillis()));
        properties.put("acks", "all");
        properties.put("enable.idempotence", "true");
        properties.put("request.timeout.ms", Integer.toString(REQUEST_MILLIS));
        properties.put("delivery.timeout.ms", Integer.toString(DELIVERY_MILLIS));
        properties.put("max.block.ms", Integer.toString(DELIVERY_MILLIS));
        properties.put("reconnect.backoff.max.ms", "2000");
        properties.put("batch.size", "131072");
        return new Outlet(settings, shard,
                KafkaProducer.create(vertx, properties, new StringSerializer(), new ByteArraySerializer()));
    }

    /** Fences whoever had the shard before, and waits until what he had begun is undone or done. */
    void takeOver() {
        await("taking shard " + shard + " over", producer.initTransactions());
    }

    /** Events and the progress that they reach, all or nothing. */
    void commit(List<Outgoing> events, Progress progress) {
        String doing = "committing events of shard " + shard;
        await(doing, producer.beginTransaction());
        try {
            // Straight to the client: its own batching is what makes it quick, and the commit tells of every failure.
            var client = producer.unwrap();
            for (Outgoing event : events) {
                client.send(record(event));
            }
            client.send(new ProducerRecord<>(settings.progressTopic(), shard, settings.transactionalId(shard),
                    progress.bytes()));
        } catch (RuntimeException failed) {
            throw KafkaFailures.of(doing, failed);
        }
        await(doing, producer.commitTransaction());
    }

    private ProducerRecord<String, byte[]> record(Outgoing event) {
        var writer = KafkaMessageFactory.<String>createWriter(event.topic(), shard, event.key());
        return settings.structured()
                ? writer.writeStructured(event.event(), JsonFormat.CONTENT_TYPE)
                : writer.writeBinary(event.event());
    }

    /** In good order. */
    void close() {
        await("closing", producer.close(TimeUnit.SECONDS.toMillis(5)));
    }

    /** At once, and as a crash would: what is begun stays begun, and a successor undoes it. */
    void drop() {
        producer.close(0);
    }

    private static void await(String doing, Future<Void> future) {
        try {
            future.toCompletionStage().toCompletableFuture().get(CALL_PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException failed) {
            throw KafkaFailures.of(doing, failed.getCause() == null ? failed : failed.getCause());
        } catch (TimeoutException late) {
            throw KafkaFailures.of(doing, late);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw KafkaFailures.of(doing, interrupted);
        }
    }
}
