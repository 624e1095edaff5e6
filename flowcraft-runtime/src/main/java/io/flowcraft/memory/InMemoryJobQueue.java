package io.flowcraft.memory;

import io.flowcraft.error.ErrorCode;
import io.flowcraft.error.FlowcraftException;
import io.flowcraft.spi.Delivery;
import io.flowcraft.spi.Job;
import io.flowcraft.spi.JobQueue;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A job queue in memory: one task of the executor for each delivery, first in, first out as far as
 * the executor keeps that order.
 *
 * <p>Jobs wait until a subscription has room for them. Several subscriptions take turns.
 */
public final class InMemoryJobQueue implements JobQueue {

  private static final CompletionStage<Void> DONE = CompletableFuture.completedFuture(null);

  /** Rejected jobs beyond this number push out the oldest, so that nobody runs out of memory. */
  private static final int MAX_DEAD_LETTERS = 10_000;

  private final Executor executor;

  /** Guards everything below; user code never runs under it. */
  private final Object lock = new Object();

  private final Deque<MemoryDelivery> backlog = new ArrayDeque<>();
  private final List<MemorySubscription> subscriptions = new ArrayList<>();
  private final Deque<DeadLetter> deadLetters = new ArrayDeque<>();
  private int turn;
  private boolean closed;

  /** The size of the backlog, for those who have not got the lock. */
  private volatile int waiting;

  /**
   * A queue without jobs.
   *
   * @param executor runs the deliveries
   */
  public InMemoryJobQueue(Executor executor) {
    this.executor = Objects.requireNonNull(executor, "executor");
  }

  /**
   * A job that somebody rejected.
   *
   * @param job the job
   * @param reason why, for people
   * @param deliveryCount how often it was delivered
   */
  public record DeadLetter(Job job, String reason, int deliveryCount) {}

  /** The rejected jobs, oldest first: the last 10,000. */
  public List<DeadLetter> deadLetters() {
    synchronized (lock) {
      return List.copyOf(deadLetters);
    }
  }

  @Override
  public CompletionStage<Void> enqueue(List<Job> jobs) {
    List<MemoryDelivery> assigned;
    synchronized (lock) {
      if (closed) {
        return CompletableFuture.failedFuture(
            new FlowcraftException(ErrorCode.CLOSED, "The job queue in memory is closed."));
      }
      for (int i = 0; i < jobs.size(); i++) {
        backlog.add(new MemoryDelivery(this, jobs.get(i), 1));
      }
      assigned = assign();
    }
    try {
      execute(assigned);
      return DONE;
    } catch (RejectedExecutionException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  @Override
  public Subscription consume(Consumer<Delivery> handler, int maxInFlight) {
    Objects.requireNonNull(handler, "handler");
    if (maxInFlight < 1) {
      throw new IllegalArgumentException(
          "A subscription with maxInFlight " + maxInFlight + "; expected: 1 or more.");
    }
    MemorySubscription subscription = new MemorySubscription(handler, maxInFlight);
    synchronized (lock) {
      if (closed) {
        throw new FlowcraftException(ErrorCode.CLOSED, "The job queue in memory is closed.");
      }
      subscriptions.add(subscription);
    }
    dispatch();
    return subscription;
  }

  @Override
  public void close() {
    synchronized (lock) {
      closed = true;
      for (MemorySubscription subscription : subscriptions) {
        subscription.closed = true;
      }
      subscriptions.clear();
      backlog.clear();
      waiting = 0;
    }
  }

  /** Hands out waiting jobs as long as somebody has room. */
  private void dispatch() {
    List<MemoryDelivery> assigned;
    synchronized (lock) {
      assigned = assign();
    }
    execute(assigned);
  }

  /** Takes jobs from the backlog for who has room, in turns. Under the lock. */
  private List<MemoryDelivery> assign() {
    List<MemoryDelivery> assigned = List.of();
    MemorySubscription taker = backlog.isEmpty() ? null : next();
    while (taker != null) {
      if (assigned.isEmpty()) {
        assigned = new ArrayList<>(backlog.size());
      }
      MemoryDelivery delivery = backlog.remove();
      taker.take();
      delivery.subscription = taker;
      assigned.add(delivery);
      taker = backlog.isEmpty() ? null : next();
    }
    waiting = backlog.size();
    return assigned;
  }

  /** The next subscription with room; null if none has. Under the lock. */
  private @Nullable MemorySubscription next() {
    int count = subscriptions.size();
    for (int i = 0; i < count; i++) {
      int candidate = turn + i;
      MemorySubscription subscription =
          subscriptions.get(candidate < count ? candidate : candidate - count);
      if (subscription.hasRoom()) {
        turn = (candidate + 1) % count;
        return subscription;
      }
    }
    return null;
  }

  /** Runs deliveries outside the lock; what the executor refuses stays in the backlog. */
  private void execute(List<MemoryDelivery> assigned) {
    for (int i = 0; i < assigned.size(); i++) {
      try {
        executor.execute(assigned.get(i));
      } catch (RejectedExecutionException e) {
        putBack(assigned.subList(i, assigned.size()));
        throw e;
      }
    }
  }

  private void putBack(List<MemoryDelivery> refused) {
    synchronized (lock) {
      for (int i = refused.size() - 1; i >= 0; i--) {
        takeBack(refused.get(i));
        backlog.addFirst(refused.get(i));
      }
      waiting = backlog.size();
    }
  }

  /** Begins a delivery; null if its subscription has been closed in the meantime. */
  @Nullable Consumer<Delivery> begin(MemoryDelivery delivery) {
    MemorySubscription subscription = delivery.subscription;
    if (subscription != null && !subscription.closed) {
      return subscription.handler;
    }
    synchronized (lock) {
      takeBack(delivery);
      if (closed) {
        return null;
      }
      backlog.addFirst(delivery);
      waiting = backlog.size();
    }
    dispatchQuietly();
    return null;
  }

  /**
   * Ends a delivery that has not ended before.
   *
   * @param again the delivery to follow it; null for none
   * @param letter what to set aside; null for nothing
   */
  void end(MemoryDelivery delivery, @Nullable MemoryDelivery again, @Nullable DeadLetter letter) {
    takeBack(delivery);
    if (again != null || letter != null) {
      keep(again, letter);
    }
    // Who adds to the backlog looks for room afterwards, and we the other way round: one sees it.
    if (waiting > 0) {
      dispatchQuietly();
    }
  }

  private void keep(@Nullable MemoryDelivery again, @Nullable DeadLetter letter) {
    synchronized (lock) {
      if (closed) {
        return;
      }
      if (again != null) {
        backlog.add(again);
        waiting = backlog.size();
      }
      if (letter != null) {
        if (deadLetters.size() == MAX_DEAD_LETTERS) {
          deadLetters.remove();
        }
        deadLetters.add(letter);
      }
    }
  }

  private static void takeBack(MemoryDelivery delivery) {
    MemorySubscription subscription = delivery.subscription;
    if (subscription != null) {
      delivery.subscription = null;
      subscription.giveBack();
    }
  }

  /** The job stays in the backlog if the executor refuses; nobody waits here to be told. */
  private void dispatchQuietly() {
    try {
      dispatch();
    } catch (RejectedExecutionException e) {
      // The next enqueue meets the same refusal and reports it.
    }
  }

  /** A consumption. Its room is taken under the lock of the queue, and given back without. */
  final class MemorySubscription implements Subscription {

    final Consumer<Delivery> handler;
    private final int maxInFlight;
    private final AtomicInteger inFlight = new AtomicInteger();
    volatile boolean closed;

    MemorySubscription(Consumer<Delivery> handler, int maxInFlight) {
      this.handler = handler;
      this.maxInFlight = maxInFlight;
    }

    boolean hasRoom() {
      return !isLimited() || inFlight.get() < maxInFlight;
    }

    void take() {
      if (isLimited()) {
        inFlight.incrementAndGet();
      }
    }

    void giveBack() {
      if (isLimited()) {
        inFlight.decrementAndGet();
      }
    }

    /** Counting would cost all threads a shared counter. */
    private boolean isLimited() {
      return maxInFlight < Integer.MAX_VALUE;
    }

    @Override
    public void close() {
      synchronized (lock) {
        if (!closed) {
          closed = true;
          subscriptions.remove(this);
          turn = 0;
        }
      }
    }
  }
}
