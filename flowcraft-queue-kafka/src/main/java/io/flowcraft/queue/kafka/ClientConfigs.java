package io.flowcraft.queue.kafka;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * The configurations of the Kafka clients: our defaults, what the settings pass on, and what must
 * not be otherwise, the later over the earlier.
 */
final class ClientConfigs {

  /** How many records of ours a poll brings at most. */
  static final int LARGEST_POLL = 500;

  /** From so much room on, whole batches are taken. */
  static final int WHOLE_BATCHES_FROM = 64;

  private static final int RECORD_OVERHEAD = 16_384;

  private final KafkaSettings settings;

  ClientConfigs(KafkaSettings settings) {
    this.settings = settings;
  }

  Map<String, Object> admin() {
    return config("admin", Map.of(), Map.of());
  }

  /**
   * Without a linger: a job that is alone is sent at once, and while a request is under way what
   * comes meanwhile makes a batch.
   *
   * <p>One request at a time: with more, the first records of a producer hang until their time is
   * out if the first request fails, say because a new topic is not ready, and the second does not
   * (KAFKA-14359).
   */
  Map<String, Object> producer() {
    return config(
        "producer",
        Map.of(
            ProducerConfig.LINGER_MS_CONFIG,
            0,
            ProducerConfig.BATCH_SIZE_CONFIG,
            65_536,
            ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION,
            1,
            ProducerConfig.MAX_REQUEST_SIZE_CONFIG,
            Math.max(1_048_576, settings.maxJobBytes() + RECORD_OVERHEAD)),
        Map.of(
            ProducerConfig.ACKS_CONFIG,
            "all",
            ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
            true,
            // send() must not block its caller: what it needs to know is known beforehand and kept.
            ProducerConfig.MAX_BLOCK_MS_CONFIG,
            0,
            ProducerConfig.METADATA_MAX_IDLE_CONFIG,
            Duration.ofDays(365).toMillis(),
            ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG,
            ByteArraySerializer.class,
            ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG,
            ByteArraySerializer.class));
  }

  /**
   * For a share group. A consumer with little room takes no more records than it asks for, so that
   * it does not keep them from others; with much room, taking whole batches costs the broker less.
   *
   * @param room how many deliveries may be open
   */
  Map<String, Object> share(int room) {
    Map<String, Object> ours = consuming(settings.names().group());
    ours.put(ConsumerConfig.SHARE_ACKNOWLEDGEMENT_MODE_CONFIG, "explicit");
    ours.put(
        ConsumerConfig.SHARE_ACQUIRE_MODE_CONFIG,
        room < WHOLE_BATCHES_FROM ? "record_limit" : "batch_optimized");
    ours.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, Math.min(room, LARGEST_POLL));
    // Nobody polls while there is no room; what is in hand is guarded by locks of its own.
    return config(
        "consumer",
        Map.of(
            ConsumerConfig.MAX_POLL_INTERVAL_MS_CONFIG,
            Integer.MAX_VALUE,
            // Below the other, it would be warned of.
            ConsumerConfig.CONNECTIONS_MAX_IDLE_MS_CONFIG,
            (long) Integer.MAX_VALUE),
        ours);
  }

  /** For a consumer group. */
  Map<String, Object> consumer(int records) {
    Map<String, Object> ours = consuming(settings.names().group());
    ours.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    ours.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    ours.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, records);
    return config(
        "consumer",
        Map.of(
            ConsumerConfig.GROUP_PROTOCOL_CONFIG,
            "consumer",
            ConsumerConfig.FETCH_MAX_BYTES_CONFIG,
            8_388_608),
        ours);
  }

  /** For those who watch over claims: a consumer group of its own. */
  Map<String, Object> watcher() {
    Map<String, Object> config = consumer(LARGEST_POLL);
    config.put(ConsumerConfig.GROUP_ID_CONFIG, settings.names().group() + "-claims");
    return config;
  }

  private Map<String, Object> consuming(String group) {
    Map<String, Object> ours = new HashMap<>();
    ours.put(ConsumerConfig.GROUP_ID_CONFIG, group);
    ours.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
    ours.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
    return ours;
  }

  private Map<String, Object> config(
      String kind, Map<String, Object> defaults, Map<String, Object> ours) {
    Map<String, Object> config = new HashMap<>(defaults);
    config.put(
        CommonClientConfigs.CLIENT_ID_CONFIG,
        settings.names().group() + "-" + kind + "-" + UUID.randomUUID().toString().substring(0, 8));
    passOn("client.", config);
    passOn(kind + ".", config);
    config.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, settings.bootstrapServers());
    config.putAll(ours);
    return config;
  }

  private void passOn(String prefix, Map<String, Object> config) {
    settings
        .clients()
        .forEach(
            (key, value) -> {
              if (key.startsWith(prefix)) {
                config.put(key.substring(prefix.length()), value);
              }
            });
  }
}
