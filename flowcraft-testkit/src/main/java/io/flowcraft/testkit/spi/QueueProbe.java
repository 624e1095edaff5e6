package io.flowcraft.testkit.spi;

import static org.assertj.core.api.Assertions.fail;

import io.flowcraft.spi.Delivery;
import io.flowcraft.spi.Job;
import io.flowcraft.spi.JobQueue;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A consumer that keeps deliveries until the test asks for them, and counts. */
final class QueueProbe {

  /** How long a delivery that must not come is waited for: long enough to catch a careless one. */
  private static final Duration LULL = Duration.ofMillis(200);

  private final QueueTrial trial;
  private final BlockingQueue<Delivery> received = new LinkedBlockingQueue<>();
  private final Map<String, AtomicInteger> counts = new ConcurrentHashMap<>();
  private final Queue<Thread> threads = new ConcurrentLinkedQueue<>();
  private final AtomicInteger held = new AtomicInteger();
  private final AtomicInteger mostHeld = new AtomicInteger();
  private volatile Consumer<Job> before = job -> {};
  private JobQueue.@Nullable Subscription subscription;

  QueueProbe(QueueTrial trial) {
    this.trial = trial;
  }

  void start(JobQueue queue, int maxInFlight) {
    subscription = queue.consume(this::receive, maxInFlight);
  }

  /** What the handler does before anything else. */
  void before(Consumer<Job> action) {
    before = action;
  }

  private void receive(Delivery delivery) {
    Job job = delivery.job();
    if (!job.runId().equals(trial.runId)) {
      // Left over from another test on the same server.
      delivery.acknowledge();
      return;
    }
    threads.add(Thread.currentThread());
    counts.computeIfAbsent(job.instance(), i -> new AtomicInteger()).incrementAndGet();
    before.accept(job);
    mostHeld.accumulateAndGet(held.incrementAndGet(), Math::max);
    received.add(delivery);
  }

  /** The next delivery; it stays open. */
  Delivery next(String rule) {
    try {
      Delivery delivery = received.poll(trial.patience().toMillis(), TimeUnit.MILLISECONDS);
      return delivery == null
          ? fail(rule + ": no delivery within " + trial.patience() + "; so far: " + counts)
          : delivery;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return fail(rule + ": interrupted", e);
    }
  }

  /** The next delivery of this job; deliveries of others are acknowledged. */
  Delivery next(String rule, String instance) {
    while (true) {
      Delivery delivery = next(rule);
      if (delivery.job().instance().equals(instance)) {
        return delivery;
      }
      acknowledge(delivery);
    }
  }

  /** Fails if something is delivered in the next moment. */
  void nothing(String description) {
    nothing(description, LULL);
  }

  /** Fails if something is delivered within this time. */
  void nothing(String description, Duration time) {
    try {
      Delivery delivery = received.poll(time.toMillis(), TimeUnit.MILLISECONDS);
      if (delivery != null) {
        fail(description + ": " + delivery.job().instance());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      fail(description + ": interrupted", e);
    }
  }

  /** Acknowledges whatever still comes until nothing has come for a moment. */
  void acknowledgeRest() throws InterruptedException {
    Delivery delivery = received.poll(LULL.toMillis(), TimeUnit.MILLISECONDS);
    while (delivery != null) {
      acknowledge(delivery);
      delivery = received.poll(LULL.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  void acknowledge(Delivery delivery) {
    held.decrementAndGet();
    delivery.acknowledge();
  }

  /** Acknowledges whatever comes until each of the jobs has been there. */
  void acknowledgeAll(String rule, List<Job> jobs) {
    while (!seen().containsAll(jobs.stream().map(Job::instance).toList())) {
      acknowledge(next(rule));
    }
    for (Delivery rest = received.poll(); rest != null; rest = received.poll()) {
      acknowledge(rest);
    }
  }

  /** The jobs that were delivered here. */
  Set<String> seen() {
    return Set.copyOf(counts.keySet());
  }

  /** How often this job was delivered here. */
  int count(String instance) {
    AtomicInteger count = counts.get(instance);
    return count == null ? 0 : count.get();
  }

  /** The most deliveries that were open at one time. */
  int mostHeld() {
    return mostHeld.get();
  }

  /** The threads that deliveries came on. */
  List<Thread> threads() {
    return List.copyOf(threads);
  }

  void close() {
    JobQueue.Subscription current = subscription;
    if (current != null) {
      current.close();
    }
  }
}
