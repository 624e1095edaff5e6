package io.flowcraft.benchmarks.distributed;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.KafkaShareConsumer;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Takes records and hands them to a step, in a share group or a consumer group. A member of a share
 * group takes the next records when it has done those before; so there are two of them.
 */
final class RawConsumers implements AutoCloseable {

  private static final int PARTITIONS = 8;
  private static final int SHARE_MEMBERS = 2;
  private static final Duration POLL = Duration.ofMillis(100);

  private final String topic;
  private final Function<byte[], CompletionStage<?>> step;
  private final List<Thread> threads = new ArrayList<>();
  private volatile boolean closed;

  RawConsumers(
      String kafka, String topic, String queueMode, Function<byte[], CompletionStage<?>> step) {
    this.topic = topic;
    this.step = step;
    Map<String, Object> config = new HashMap<>();
    config.put("bootstrap.servers", kafka);
    config.put("group.id", topic + "-group");
    if (queueMode.equals("share")) {
      for (int i = 0; i < SHARE_MEMBERS; i++) {
        begin(() -> share(config));
      }
    } else {
      config.put("group.protocol", "consumer");
      config.put("auto.offset.reset", "earliest");
      begin(() -> consume(config));
    }
  }

  static void createTopic(String kafka, String topic) {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka))) {
      admin.createTopics(List.of(new NewTopic(topic, PARTITIONS, (short) 1))).all().get();
      ConfigResource group = new ConfigResource(ConfigResource.Type.GROUP, topic + "-group");
      ConfigEntry earliest = new ConfigEntry("share.auto.offset.reset", "earliest");
      AlterConfigOp set = new AlterConfigOp(earliest, AlterConfigOp.OpType.SET);
      admin.incrementalAlterConfigs(Map.of(group, List.of(set))).all().get();
    } catch (ExecutionException e) {
      if (!(e.getCause() instanceof TopicExistsException)) {
        throw new IllegalStateException("The topic " + topic + " can't be made", e);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private void begin(Runnable loop) {
    Thread thread = new Thread(loop, "raw-" + threads.size());
    thread.setDaemon(true);
    threads.add(thread);
    thread.start();
  }

  private void share(Map<String, Object> config) {
    try (KafkaShareConsumer<byte[], byte[]> consumer =
        new KafkaShareConsumer<>(
            config, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      consumer.subscribe(List.of(topic));
      while (!closed) {
        List<CompletableFuture<?>> all = new ArrayList<>();
        // The next poll acknowledges what this one has brought.
        for (ConsumerRecord<byte[], byte[]> each : consumer.poll(POLL)) {
          all.add(step.apply(each.value()).toCompletableFuture());
        }
        CompletableFuture.allOf(all.toArray(CompletableFuture<?>[]::new)).join();
      }
    }
  }

  private void consume(Map<String, Object> config) {
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      consumer.subscribe(List.of(topic));
      while (!closed) {
        for (ConsumerRecord<byte[], byte[]> each : consumer.poll(POLL)) {
          CompletionStage<?> unused = step.apply(each.value());
        }
      }
    }
  }

  @Override
  public void close() {
    closed = true;
    for (Thread thread : threads) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }
}
