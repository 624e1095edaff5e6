package io.flowcraft.queue.kafka;

import io.flowcraft.error.ErrorCode;
import io.flowcraft.error.FlowcraftException;
import io.flowcraft.spi.Delivery;
import io.flowcraft.spi.Job;
import io.flowcraft.spi.JobQueue;
import io.flowcraft.spi.ProviderContext;
import io.flowcraft.spi.TimeSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeClusterOptions;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The job queue on Kafka. Writing goes through one {@link Outbox}; each subscription polls with
 * threads of its own, which never run code of the handler.
 */
final class KafkaJobQueue implements JobQueue {

  private static final Logger log = LoggerFactory.getLogger(KafkaJobQueue.class);

  private static final long CLOSE_MILLIS = 12_000;
  private static final int CHECKS_PER_LIMIT = 8;
  private static final int CHECK_MILLIS = 5_000;

  private final KafkaSettings settings;
  private final QueueMode mode;
  private final ProviderContext context;
  private final ClientConfigs configs;
  private final Outbox outbox;
  private final Post post;
  private final List<KafkaSubscription> subscriptions = new CopyOnWriteArrayList<>();

  /** Guards what begins once and ends once. */
  private final Object lock = new Object();

  private @Nullable ClaimWatch watch;
  private TimeSource.@Nullable Timer timer;
  private boolean groupIsPrepared;
  private volatile boolean closed;

  KafkaJobQueue(KafkaSettings settings, QueueMode mode, ProviderContext context, Outbox outbox) {
    this.settings = settings;
    this.mode = mode;
    this.context = context;
    this.configs = new ClientConfigs(settings);
    this.outbox = outbox;
    this.post = new Post(outbox, settings.names());
  }

  private void prepareGroup() {
    synchronized (lock) {
      if (!groupIsPrepared) {
        try (Cluster cluster = new Cluster(settings, configs.admin())) {
          cluster.configureGroup(mode);
        }
        groupIsPrepared = true;
      }
    }
  }

  @Override
  public CompletionStage<Void> enqueue(List<Job> jobs) {
    if (closed) {
      return CompletableFuture.failedFuture(Outbox.closedException());
    }
    List<ProducerRecord<byte[], byte[]>> encoded = new ArrayList<>(jobs.size());
    try {
      for (Job job : jobs) {
        encoded.add(encode(job));
      }
    } catch (FlowcraftException e) {
      return CompletableFuture.failedFuture(e);
    }
    return outbox.send(encoded);
  }

  @Override
  public CompletionStage<Void> check() {
    if (closed) {
      return CompletableFuture.failedFuture(Outbox.closedException());
    }
    Admin admin = Admin.create(configs.admin());
    return admin
        .describeCluster(new DescribeClusterOptions().timeoutMs(CHECK_MILLIS))
        .clusterId()
        .toCompletionStage()
        .<Void>thenApply(id -> null)
        .whenComplete((id, error) -> admin.close(Duration.ZERO));
  }

  private ProducerRecord<byte[], byte[]> encode(Job job) {
    ProducerRecord<byte[], byte[]> encoded = JobCodec.encode(settings.names().jobs(), job);
    int size = encoded.value().length + encoded.key().length;
    if (size > settings.maxJobBytes()) {
      throw new FlowcraftException(
          ErrorCode.PAYLOAD_TOO_LARGE,
          "The job "
              + job.instance()
              + " of run "
              + job.runId()
              + " has "
              + size
              + " bytes; expected: "
              + settings.maxJobBytes()
              + " or less. Make its input smaller, or raise flowcraft.kafka.max-job-bytes.");
    }
    return encoded;
  }

  @Override
  public Subscription consume(Consumer<Delivery> handler, int maxInFlight) {
    Objects.requireNonNull(handler, "handler");
    if (maxInFlight < 1) {
      throw new IllegalArgumentException(
          "A subscription with maxInFlight " + maxInFlight + "; expected: 1 or more.");
    }
    int room = Math.min(maxInFlight, settings.maxInFlight());
    KafkaSubscription subscription =
        mode == QueueMode.SHARE ? share(handler, room) : group(intake(handler, room));
    synchronized (lock) {
      if (closed) {
        throw Outbox.closedException();
      }
      subscriptions.add(subscription);
      startUpkeep();
    }
    subscription.start();
    return subscription;
  }

  private KafkaSubscription group(Intake intake) {
    return new GroupSubscription(intake, configs, settings, this::prepareGroup, context.time());
  }

  /** With much room there are two members: one takes records while the other waits for its own. */
  private KafkaSubscription share(Consumer<Delivery> handler, int room) {
    if (room < 2 * ClientConfigs.WHOLE_BATCHES_FROM) {
      return share(intake(handler, room));
    }
    return new KafkaSubscriptions(
        List.of(share(intake(handler, room / 2)), share(intake(handler, room - room / 2))));
  }

  private KafkaSubscription share(Intake intake) {
    return new ShareSubscription(intake, configs, settings, this::prepareGroup, context.time());
  }

  private Intake intake(Consumer<Delivery> handler, int room) {
    return new Intake(handler, context, post, settings.deliveryLimit(), room);
  }

  private void startUpkeep() {
    if (watch == null) {
      watch = new ClaimWatch(configs.watcher(), settings, post, context.time());
      watch.start();
      tick();
    }
  }

  private void tick() {
    subscriptions.forEach(KafkaSubscription::checkTimes);
    synchronized (lock) {
      if (!closed) {
        Duration pause = settings.deliveryLimit().dividedBy(CHECKS_PER_LIMIT);
        timer = context.time().schedule(pause, this::tick);
      }
    }
  }

  @Override
  public void close() {
    ClaimWatch watching;
    synchronized (lock) {
      if (closed) {
        return;
      }
      closed = true;
      watching = watch;
      if (timer != null) {
        timer.cancel();
      }
    }
    subscriptions.forEach(KafkaSubscription::close);
    if (watching != null) {
      watching.close();
    }
    subscriptions.forEach(subscription -> subscription.await(CLOSE_MILLIS));
    if (watching != null) {
      watching.await(CLOSE_MILLIS);
    }
    outbox.close();
    log.info("The Kafka job queue on {} is closed.", settings.names().jobs());
  }
}
