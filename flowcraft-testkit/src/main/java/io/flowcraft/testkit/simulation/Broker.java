package io.flowcraft.testkit.simulation;

import io.flowcraft.spi.Delivery;
import io.flowcraft.spi.Job;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The queue that all processes share: it delivers at least once, in any order, and again if a
 * delivery stays open for too long, until it has tried often enough.
 */
final class Broker {

  private static final Duration LOCK_TIME = Duration.ofSeconds(30);
  private static final int MOST_DELIVERIES = 5;

  private final World world;
  private final Faults faults;
  private final Trace trace;
  private final @Nullable WireFormat format;
  private final Watcher watcher;
  private final List<Subscriber> subscribers = new ArrayList<>();
  private final List<Sent> waiting = new ArrayList<>();
  private int outstanding;

  /**
   * A broker.
   *
   * @param format what becomes of data on the way; null if it stays what it is
   * @param watcher is told what becomes of jobs
   */
  Broker(World world, Faults faults, Trace trace, @Nullable WireFormat format, Watcher watcher) {
    this.world = world;
    this.faults = faults;
    this.trace = trace;
    this.format = format;
    this.watcher = watcher;
  }

  /** Watches what becomes of jobs. */
  interface Watcher {

    /** Somebody who does not care. */
    Watcher NOBODY =
        new Watcher() {
          @Override
          public void acknowledged(Job job) {}

          @Override
          public void givenUp() {}
        };

    /** A job has been acknowledged. */
    void acknowledged(Job job);

    /** A job has been delivered too often. */
    void givenUp();
  }

  /** How many records are neither ended nor given up. */
  int outstanding() {
    return outstanding;
  }

  /** Takes jobs over. */
  CompletionStage<Void> publish(List<Job> jobs) {
    jobs.forEach(this::publish);
    return CompletableFuture.completedFuture(null);
  }

  private void publish(Job job) {
    Fault fault = faults.atRecord();
    if (fault == Fault.RECORD_LOST) {
      trace.note(world, QueueConnection.QUEUE, () -> "loses " + job.instance());
      return;
    }
    outstanding++;
    Job received = format == null ? job : format.of(job);
    Sent sent = new Sent(received);
    if (fault == Fault.RECORD_DELAYED) {
      Duration delay = faults.delay();
      trace.note(
          world,
          QueueConnection.QUEUE,
          () -> "keeps " + job.instance() + " for " + delay.toSeconds() + " s");
      world.after(delay, () -> offer(sent));
      return;
    }
    offer(sent);
    if (fault == Fault.RECORD_DUPLICATED) {
      trace.note(world, QueueConnection.QUEUE, () -> "duplicates " + job.instance());
      outstanding++;
      offer(new Sent(received));
    }
  }

  private void offer(Sent sent) {
    world.ready(() -> handOut(sent));
  }

  private void handOut(Sent sent) {
    List<Subscriber> able = subscribers.stream().filter(Subscriber::isAble).toList();
    if (able.isEmpty()) {
      waiting.add(sent);
      return;
    }
    Subscriber subscriber = able.get(world.choices().among(able.size()));
    sent.count++;
    subscriber.open++;
    Taken taken = new Taken(sent, subscriber);
    taken.lock();
    trace.message(
        world,
        Trace.Kind.REQUEST,
        QueueConnection.QUEUE,
        subscriber.connection.host().name(),
        () -> "delivers " + sent.job.instance() + " (" + sent.count + ")");
    subscriber.connection.host().execute(() -> handle(subscriber, taken));
  }

  /** A handler that fails has not done its job. */
  private void handle(Subscriber subscriber, Taken taken) {
    try {
      subscriber.handler.accept(taken);
    } catch (RuntimeException e) {
      trace.note(world, subscriber.connection.host().name(), () -> "fails to take it: " + e);
      taken.release();
    }
  }

  /** Somebody may be able to take more. */
  void handOutWaiting() {
    List<Sent> all = List.copyOf(waiting);
    waiting.clear();
    all.forEach(this::offer);
  }

  /** Begins to deliver to a process. */
  Subscriber subscribe(Connection connection, Consumer<Delivery> handler, int maxInFlight) {
    Subscriber subscriber = new Subscriber(connection, handler, maxInFlight);
    subscribers.add(subscriber);
    handOutWaiting();
    return subscriber;
  }

  /** Delivers nothing more to a process; what it has is delivered to others in time. */
  void unsubscribe(Connection connection) {
    subscribers.removeIf(subscriber -> subscriber.connection == connection);
  }

  /** A process that takes deliveries. */
  static final class Subscriber {
    private final Connection connection;
    private final Consumer<Delivery> handler;
    private final int maxInFlight;
    private int open;

    private Subscriber(Connection connection, Consumer<Delivery> handler, int maxInFlight) {
      this.connection = connection;
      this.handler = handler;
      this.maxInFlight = maxInFlight;
    }

    private boolean isAble() {
      Host host = connection.host();
      return open < maxInFlight && host.isAlive() && !host.isPaused();
    }
  }

  /** A record. */
  private static final class Sent {
    private final Job job;
    private int count;
    private boolean over;

    Sent(Job job) {
      this.job = job;
    }
  }

  /** A record in the hands of a process. */
  private final class Taken implements Delivery {

    private final Sent sent;
    private final Subscriber by;
    private final int count;
    private World.@Nullable Alarm lock;
    private boolean ended;
    private boolean told;

    Taken(Sent sent, Subscriber by) {
      this.sent = sent;
      this.by = by;
      this.count = sent.count;
    }

    private void lock() {
      if (lock != null) {
        lock.cancel();
      }
      lock = world.after(LOCK_TIME, this::expire);
    }

    private void expire() {
      if (end()) {
        trace.note(world, QueueConnection.QUEUE, () -> "takes " + sent.job.instance() + " back");
        again();
      }
    }

    /** Whether this was the end. */
    private boolean end() {
      if (ended) {
        return false;
      }
      ended = true;
      by.open--;
      if (lock != null) {
        lock.cancel();
      }
      handOutWaiting();
      return true;
    }

    private void again() {
      if (sent.over) {
        return;
      }
      if (sent.count >= MOST_DELIVERIES) {
        trace.note(world, QueueConnection.QUEUE, () -> "gives " + sent.job.instance() + " up");
        watcher.givenUp();
        over();
      } else {
        offer(sent);
      }
    }

    private void over() {
      if (!sent.over) {
        sent.over = true;
        outstanding--;
      }
    }

    @Override
    public Job job() {
      return sent.job;
    }

    @Override
    public int deliveryCount() {
      return count;
    }

    @Override
    public void acknowledge() {
      tell(
          "acknowledge",
          () -> {
            over();
            watcher.acknowledged(sent.job);
          });
    }

    @Override
    public void release() {
      tell("release", this::again);
    }

    @Override
    public void reject(String reason) {
      tell("reject", this::over);
    }

    private void tell(String what, Runnable effect) {
      if (told) {
        return;
      }
      told = true;
      call(
          what,
          () -> {
            if (faults.atEnding() != null) {
              trace.note(
                  world, QueueConnection.QUEUE, () -> "loses: " + what + " " + sent.job.instance());
            } else if (end()) {
              effect.run();
            }
          });
    }

    @Override
    public void extend() {
      call(
          "extend",
          () -> {
            if (!ended) {
              lock();
            }
          });
    }

    private void call(String what, Runnable effect) {
      CompletionStage<Void> unused =
          by.connection.call(
              QueueConnection.QUEUE,
              () -> what + " " + sent.job.instance(),
              () -> {
                effect.run();
                return CompletableFuture.completedFuture(null);
              });
    }
  }
}
