package io.flowcraft.queue.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowcraft.spi.Delivery;
import io.flowcraft.spi.Job;
import io.flowcraft.spi.JobQueue;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/** Consumes: acknowledges at once what a test does not want to hold. */
final class Probe implements AutoCloseable {

  static final Duration PATIENCE = Duration.ofSeconds(60);

  private final BlockingQueue<Delivery> held = new LinkedBlockingQueue<>();
  private final Map<String, AtomicInteger> counts = new ConcurrentHashMap<>();
  private final JobQueue.Subscription subscription;

  Probe(JobQueue queue, int maxInFlight, Predicate<Job> holds) {
    subscription = queue.consume(delivery -> receive(delivery, holds), maxInFlight);
  }

  private void receive(Delivery delivery, Predicate<Job> holds) {
    Job job = delivery.job();
    if (holds.test(job)) {
      held.add(delivery);
    } else {
      delivery.acknowledge();
    }
    counts.computeIfAbsent(job.instance(), i -> new AtomicInteger()).incrementAndGet();
  }

  Delivery nextHeld() throws InterruptedException {
    Delivery next = held.poll(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    assertThat(next).as("a delivery to hold").isNotNull();
    return next;
  }

  int heldNow() {
    return held.size();
  }

  Set<String> seen() {
    return Set.copyOf(counts.keySet());
  }

  int count(String instance) {
    AtomicInteger count = counts.get(instance);
    return count == null ? 0 : count.get();
  }

  @Override
  public void close() {
    subscription.close();
  }

  static void eventually(String what, BooleanSupplier condition) throws InterruptedException {
    CountDownLatch never = new CountDownLatch(1);
    for (long looks = PATIENCE.toMillis() / 20; looks > 0 && !condition.getAsBoolean(); looks--) {
      assertThat(never.await(20, TimeUnit.MILLISECONDS)).isFalse();
    }
    assertThat(condition.getAsBoolean()).as(what).isTrue();
  }

  static Job job(String runId, String instance) {
    return new Job(runId, "blueprint", 1, instance, 1, null, Map.of());
  }

  static List<Job> jobs(String runId, String prefix, int count) {
    return IntStream.range(0, count).mapToObj(i -> job(runId, prefix + i)).toList();
  }

  static List<String> names(List<Job> jobs) {
    return jobs.stream().map(Job::instance).toList();
  }
}
