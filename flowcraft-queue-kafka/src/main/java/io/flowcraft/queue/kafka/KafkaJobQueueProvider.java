package io.flowcraft.queue.kafka;

import com.google.auto.service.AutoService;
import io.flowcraft.error.ErrorCode;
import io.flowcraft.error.FlowcraftException;
import io.flowcraft.spi.JobQueue;
import io.flowcraft.spi.JobQueueProvider;
import io.flowcraft.spi.ProviderContext;
import io.flowcraft.spi.TimeSource;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes job queues on Kafka; chosen with {@code flowcraft.queue=kafka}.
 *
 * <p>Thread-safe; each queue has clients of its own.
 */
@AutoService(JobQueueProvider.class)
public final class KafkaJobQueueProvider implements JobQueueProvider {

  private static final Logger log = LoggerFactory.getLogger(KafkaJobQueueProvider.class);

  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Duration LOOK = Duration.ofMillis(20);

  private final @Nullable KafkaSettings settings;

  /** For the service loader: takes the settings from the properties of the runtime. */
  public KafkaJobQueueProvider() {
    this.settings = null;
  }

  /** For code: takes these settings, whatever the properties say. */
  public KafkaJobQueueProvider(KafkaSettings settings) {
    this.settings = settings;
  }

  @Override
  public String name() {
    return "kafka";
  }

  /**
   * Connects, creates or checks the topics, and chooses the kind of group. Blocks until all of that
   * is done, at most about a minute.
   *
   * @throws FlowcraftException if the settings are not acceptable or don't fit the cluster (code
   *     {@code FC-1301}), or the cluster does not answer ({@code FC-6001})
   */
  @Override
  public JobQueue create(ProviderContext context) {
    KafkaSettings chosen = settings == null ? KafkaSettings.from(context.properties()) : settings;
    ClientConfigs configs = new ClientConfigs(chosen);
    QueueMode mode;
    try (Cluster cluster = new Cluster(chosen, configs.admin())) {
      cluster.prepareTopics().ifPresent(log::warn);
      mode = cluster.chooseMode();
    } catch (KafkaException e) {
      throw unusable(chosen, e);
    }
    Outbox outbox = outbox(chosen, configs.producer(), context.time());
    log.info("Jobs go through Kafka in {} mode: {}", mode, chosen);
    return new KafkaJobQueue(chosen, mode, context, outbox);
  }

  private static Outbox outbox(
      KafkaSettings settings, Map<String, Object> config, TimeSource time) {
    Outbox outbox;
    try {
      outbox = new Outbox(config, time);
    } catch (KafkaException e) {
      throw unusable(settings, e);
    }
    try {
      KafkaSettings.Names names = settings.names();
      for (String topic : List.of(names.jobs(), names.deadLetters(), names.claims())) {
        learn(outbox, topic, settings);
      }
      return outbox;
    } catch (RuntimeException e) {
      outbox.close();
      throw e;
    }
  }

  private static void learn(Outbox outbox, String topic, KafkaSettings settings) {
    for (long looks = PATIENCE.dividedBy(LOOK); looks > 0; looks--) {
      if (outbox.knows(topic)) {
        return;
      }
      LockSupport.parkNanos(LOOK.toNanos());
    }
    throw new FlowcraftException(
        ErrorCode.BACKEND,
        "The producer has not found the topic "
            + topic
            + " at the Kafka cluster "
            + settings.bootstrapServers()
            + " within "
            + PATIENCE
            + ". Check that the cluster is well, and that the client may write to the topic.");
  }

  private static FlowcraftException unusable(KafkaSettings settings, KafkaException cause) {
    return new FlowcraftException(
        ErrorCode.BACKEND,
        "No client can be opened for the Kafka cluster "
            + settings.bootstrapServers()
            + ": "
            + cause.getMessage()
            + ". Check flowcraft.kafka.bootstrap-servers and what is passed on to the clients.",
        cause);
  }
}
