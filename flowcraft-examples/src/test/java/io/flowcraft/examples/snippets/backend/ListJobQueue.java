package io.flowcraft.examples.snippets.backend;

import io.flowcraft.spi.Delivery;
import io.flowcraft.spi.Job;
import io.flowcraft.spi.JobQueue;
import java.util.List;
import java.util.concurrent.BlockingDeque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

// snippet:backend-queue
/** Jobs wait in a list; each subscription has a task of its own that takes them from there. */
public final class ListJobQueue implements JobQueue {

  private final BlockingDeque<Waiting> waiting = new LinkedBlockingDeque<>();
  private final List<Taker> takers = new CopyOnWriteArrayList<>();
  private final Executor executor;
  private volatile boolean closed;

  /** A queue whose subscriptions each occupy a thread of the executor. */
  public ListJobQueue(Executor executor) {
    this.executor = executor;
  }

  private record Waiting(Job job, int deliveryCount) {}

  @Override
  public CompletionStage<Void> enqueue(List<Job> jobs) {
    if (closed) {
      return CompletableFuture.failedFuture(new IllegalStateException("The queue is closed."));
    }
    jobs.forEach(job -> waiting.add(new Waiting(job, 1)));
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public Subscription consume(Consumer<Delivery> handler, int maxInFlight) {
    if (maxInFlight < 1) {
      throw new IllegalArgumentException("maxInFlight is " + maxInFlight + "; expected: 1 or more");
    }
    Taker taker = new Taker(handler, new Semaphore(maxInFlight));
    takers.add(taker);
    executor.execute(taker);
    return taker;
  }

  @Override
  public void close() {
    closed = true;
    takers.forEach(Taker::close);
  }

  private final class Taker implements Subscription, Runnable {

    private final Consumer<Delivery> handler;
    private final Semaphore room;
    private volatile Thread thread;
    private volatile boolean ended;

    Taker(Consumer<Delivery> handler, Semaphore room) {
      this.handler = handler;
      this.room = room;
    }

    @Override
    public void run() {
      thread = Thread.currentThread();
      try {
        while (!ended) {
          room.acquire(); // no more open deliveries than allowed
          deliver(waiting.take());
        }
      } catch (InterruptedException e) {
        // The subscription has ended.
      }
    }

    private void deliver(Waiting next) {
      if (ended) { // taken in the last moment, so somebody else may have it
        waiting.addFirst(next);
        return;
      }
      Delivery delivery = new ListDelivery(next, room);
      try {
        handler.accept(delivery);
      } catch (RuntimeException e) { // a broken handler has not done the job
        delivery.release();
      }
    }

    @Override
    public void close() {
      ended = true;
      Thread taking = thread;
      if (taking != null) {
        taking.interrupt();
      }
    }
  }

  private final class ListDelivery implements Delivery {

    private final Waiting taken;
    private final Semaphore room;
    private final AtomicBoolean ended = new AtomicBoolean();

    ListDelivery(Waiting taken, Semaphore room) {
      this.taken = taken;
      this.room = room;
    }

    @Override
    public Job job() {
      return taken.job();
    }

    @Override
    public int deliveryCount() {
      return taken.deliveryCount();
    }

    @Override
    public void acknowledge() {
      if (!ended.getAndSet(true)) { // only the first ending counts
        room.release();
      }
    }

    @Override
    public void release() {
      if (!ended.getAndSet(true)) {
        waiting.add(new Waiting(taken.job(), taken.deliveryCount() + 1));
        room.release();
      }
    }

    @Override
    public void reject(String reason) {
      acknowledge(); // a real one keeps the job and the reason
    }

    @Override
    public void extend() {} // a delivery of this queue has no time limit
  }
}
// end:backend-queue
