import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Map;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.connect.connector.ConnectRecord;
import org.apache.kafka.connect.transforms.Transformation;

/** The last transformation of the test: the file sink writes values alone, and the test wants to see the key. */
public class KeyBesideValue<R extends ConnectRecord<R>> implements Transformation<R> {
    private static final ObjectMapper JSON = new ObjectMapper();

    @Override
    public R apply(R record) {
        try {
            String line = record.key() + "\t" + JSON.writeValueAsString(record.value());
            return record.newRecord(record.topic(), record.kafkaPartition(), null, record.key(), null, line,
                record.timestamp());
        } catch (Exception error) {
            throw new IllegalStateException(error);
        }
    }

    @Override
    public ConfigDef config() {
        return new ConfigDef();
    }

    @Override
    public void configure(Map<String, ?> settings) {
    }

    @Override
    public void close() {
    }
}
