package io.flowcraft.queue.kafka;

import io.flowcraft.spi.JobQueue;
import io.flowcraft.spi.ProviderContext;
import io.flowcraft.spi.Serializer;
import io.flowcraft.testservers.TestServers;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/** Queues in a namespace of their own on the broker of the build. */
final class Kafka {

  /** Runs handlers: as many threads as there are deliveries. */
  static final ExecutorService WORKERS =
      Executors.newCachedThreadPool(
          task -> {
            Thread thread = new Thread(task, "test-worker");
            thread.setDaemon(true);
            return thread;
          });

  final String namespace = "t-" + UUID.randomUUID().toString().substring(0, 8);
  private final String bootstrap;
  private final QueueMode mode;

  Kafka(QueueMode mode) {
    this(mode, TestServers.kafka());
  }

  Kafka(QueueMode mode, String bootstrap) {
    this.mode = mode;
    this.bootstrap = bootstrap;
  }

  String bootstrap() {
    return bootstrap;
  }

  /** The settings; {@code key, value, key, value…} over the others. */
  KafkaSettings settings(String... more) {
    Map<String, String> properties = new HashMap<>();
    properties.put("flowcraft.kafka.bootstrap-servers", bootstrap);
    properties.put("flowcraft.kafka.namespace", namespace);
    properties.put("flowcraft.kafka.mode", mode.name().toLowerCase(java.util.Locale.ROOT));
    properties.put("flowcraft.kafka.partitions", "4");
    for (int i = 0; i < more.length; i += 2) {
      properties.put("flowcraft.kafka." + more[i], more[i + 1]);
    }
    return KafkaSettings.from(properties);
  }

  /** Another process, as far as Kafka can tell. */
  JobQueue open(String... more) {
    return open(settings(more));
  }

  static JobQueue open(KafkaSettings settings) {
    return new KafkaJobQueueProvider(settings).create(context());
  }

  static ProviderContext context() {
    return new ProviderContext(Map.of(), new Texts(), TestClock.INSTANCE, WORKERS);
  }

  /** Nobody looks into the payloads of these tests. */
  private static final class Texts implements Serializer {

    @Override
    public String serialize(@Nullable Object data) {
      return String.valueOf(data);
    }

    @Override
    public @Nullable Object deserialize(String text) {
      return text;
    }
  }
}
