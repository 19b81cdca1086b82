import io.cloudevents.CloudEvent;
import io.cloudevents.kafka.CloudEventDeserializer;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;

/**
 * Reads a topic to a number of events and prints each on a line, attributes and data parted by tabs, with Kafka's
 * own client and the CloudEvents SDK of Java: ReadEvents BROKERS TOPIC COUNT
 */
public class ReadEvents {
    private static final PrintStream OUT = new PrintStream(System.out, true, StandardCharsets.UTF_8);

    public static void main(String[] words) {
        Map<String, Object> settings = Map.of(
            "bootstrap.servers", words[0],
            "auto.offset.reset", "earliest",
            "isolation.level", "read_committed");
        int left = Integer.parseInt(words[2]);
        try (var consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new CloudEventDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(words[1]).stream()
                .map(each -> new TopicPartition(each.topic(), each.partition())).toList();
            consumer.assign(partitions);
            while (left > 0) {
                for (ConsumerRecord<String, CloudEvent> record : consumer.poll(Duration.ofSeconds(1))) {
                    print(record.value());
                    left--;
                }
            }
        }
    }

    private static void print(CloudEvent event) {
        String data = new String(event.getData().toBytes(), StandardCharsets.UTF_8);
        Object agency = event.getExtension("agency");
        String line = String.join("\t", event.getId(), event.getType(), event.getSource().toString(),
            event.getSubject(), event.getExtension("language").toString(), agency == null ? "" : agency.toString(),
            event.getExtension("publisher").toString(), data);
        OUT.println(line);
    }
}
