package io.flowcraft.memory;

import io.flowcraft.spi.Delivery;
import io.flowcraft.spi.Job;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A delivery and the task that begins it, in one object, as there is one for every job. */
final class MemoryDelivery implements Delivery, Runnable {

  private static final AtomicIntegerFieldUpdater<MemoryDelivery> ENDED =
      AtomicIntegerFieldUpdater.newUpdater(MemoryDelivery.class, "ended");

  private final InMemoryJobQueue queue;
  private final Job job;
  private final int deliveryCount;

  /** Who has the job; set and cleared by who has it in hand. */
  volatile InMemoryJobQueue.@Nullable MemorySubscription subscription;

  /** Whether the delivery was acknowledged, released or rejected. */
  private volatile int ended;

  MemoryDelivery(InMemoryJobQueue queue, Job job, int deliveryCount) {
    this.queue = queue;
    this.job = job;
    this.deliveryCount = deliveryCount;
  }

  @Override
  public void run() {
    Consumer<Delivery> handler = queue.begin(this);
    if (handler == null) {
      return;
    }
    try {
      handler.accept(this);
    } catch (RuntimeException e) {
      // A handler that breaks down has not done the job: somebody else may.
      release();
      throw e;
    }
  }

  @Override
  public Job job() {
    return job;
  }

  @Override
  public int deliveryCount() {
    return deliveryCount;
  }

  @Override
  public void acknowledge() {
    if (ends()) {
      queue.end(this, null, null);
    }
  }

  @Override
  public void release() {
    if (ends()) {
      queue.end(this, new MemoryDelivery(queue, job, deliveryCount + 1), null);
    }
  }

  @Override
  public void reject(String reason) {
    if (ends()) {
      queue.end(this, null, new InMemoryJobQueue.DeadLetter(job, reason, deliveryCount));
    }
  }

  /** Whether this is the first time that somebody ends it. */
  private boolean ends() {
    return ended == 0 && ENDED.compareAndSet(this, 0, 1);
  }

  /** Nothing to do: a delivery in memory has no time limit. */
  @Override
  public void extend() {}
}
