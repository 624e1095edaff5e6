package io.flowcraft.testkit.simulation;

import io.flowcraft.spi.Delivery;
import io.flowcraft.spi.Job;
import io.flowcraft.spi.JobQueue;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/** A queue that any host can take from, in any order, with what a broker may do to records. */
final class Broker {

  private final World world;
  private final double duplicates;
  private final List<Consumer<Delivery>> handlers = new ArrayList<>();
  private int outstanding;

  /**
   * A broker.
   *
   * @param duplicates how likely a record is delivered twice
   */
  Broker(World world, double duplicates) {
    this.world = world;
    this.duplicates = duplicates;
  }

  /** How many records are neither acknowledged nor rejected. */
  int outstanding() {
    return outstanding;
  }

  /** What a process has of the queue. */
  JobQueue connection() {
    return new Connection();
  }

  private void send(Sent record) {
    Consumer<Delivery> taker = handlers.get(world.random().nextInt(handlers.size()));
    record.count++;
    Taken taken = new Taken(record);
    world.ready(() -> taker.accept(taken));
  }

  private static final class Sent {
    private final Job job;
    private int count;
    private boolean over;

    Sent(Job job) {
      this.job = job;
    }
  }

  private final class Connection implements JobQueue {

    @Override
    public CompletionStage<Void> enqueue(List<Job> jobs) {
      Answer<Void> answer = new Answer<>(world);
      world.ready(
          () -> {
            for (Job job : jobs) {
              accept(job);
              if (world.chance(duplicates)) {
                accept(job);
              }
            }
            world.ready(() -> answer.complete(null));
          });
      return answer;
    }

    private void accept(Job job) {
      outstanding++;
      Sent record = new Sent(job);
      world.ready(() -> send(record));
    }

    @Override
    public Subscription consume(Consumer<Delivery> handler, int maxInFlight) {
      handlers.add(handler);
      return () -> handlers.remove(handler);
    }

    @Override
    public void close() {}
  }

  private final class Taken implements Delivery {

    private final Sent record;
    private final int count;
    private boolean ended;

    Taken(Sent record) {
      this.record = record;
      this.count = record.count;
    }

    @Override
    public Job job() {
      return record.job;
    }

    @Override
    public int deliveryCount() {
      return count;
    }

    @Override
    public void acknowledge() {
      over();
    }

    @Override
    public void release() {
      if (!ended) {
        ended = true;
        world.ready(() -> send(record));
      }
    }

    @Override
    public void reject(String reason) {
      over();
    }

    private void over() {
      if (!ended) {
        ended = true;
        if (!record.over) {
          record.over = true;
          outstanding--;
        }
      }
    }

    @Override
    public void extend() {}
  }
}
