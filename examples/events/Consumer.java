import io.cloudevents.CloudEvent;
import io.cloudevents.kafka.CloudEventDeserializer;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Reads task events as a member of a consumer group: java -cp 'LIB/*' Consumer.java CLIENT.PROPERTIES [COUNT] */
public class Consumer {
    public static void main(String[] arguments) throws Exception {
        if (arguments.length < 1) {
            System.err.println("usage: Consumer.java CLIENT.PROPERTIES [COUNT]");
            System.exit(2);
        }
        long left = arguments.length > 1 ? Long.parseLong(arguments[1]) : Long.MAX_VALUE;
        Properties properties = new Properties();
        try (InputStream in = Files.newInputStream(Path.of(arguments[0]))) {
            properties.load(in);
        }
        properties.put("group.id", "example-java");
        properties.put("auto.offset.reset", "earliest");
        // Events of transactions that were given up are never seen.
        properties.put("isolation.level", "read_committed");
        properties.put("enable.auto.commit", "false");
        try (KafkaConsumer<String, CloudEvent> consumer = new KafkaConsumer<>(properties, new StringDeserializer(),
                new CloudEventDeserializer())) {
            consumer.subscribe(List.of("xebec.task-events"));
            while (left > 0) {
                for (ConsumerRecord<String, CloudEvent> record : consumer.poll(Duration.ofSeconds(1))) {
                    CloudEvent event = record.value();
                    if (event != null && left-- > 0) {
                        System.out.println(event.getId() + " " + event.getType() + " " + event.getSubject());
                    }
                }
                // After the work: what was not finished comes again after a crash.
                consumer.commitSync();
            }
        }
    }
}
