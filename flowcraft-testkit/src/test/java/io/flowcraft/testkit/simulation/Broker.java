package io.flowcraft.testkit.simulation;

import io.flowcraft.spi.Delivery;
import io.flowcraft.spi.Job;
import io.flowcraft.spi.JobQueue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/** A queue that any host can take from, in any order, with what a broker may do to records. */
final class Broker {

  private static final Duration LEASE = Duration.ofSeconds(30);

  private final World world;
  private final double duplicates;
  private final List<Consumption> consumptions = new ArrayList<>();
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

  private record Consumption(Host host, Consumer<Delivery> handler) {}

  /** How many records are neither acknowledged nor rejected. */
  int outstanding() {
    return outstanding;
  }

  JobQueue of(Host host) {
    return new Connection(host);
  }

  private void send(Sent record) {
    List<Consumption> live = consumptions.stream().filter(c -> c.host().isAlive()).toList();
    if (live.isEmpty()) {
      world.at(world.now().plus(LEASE), null, () -> send(record));
      return;
    }
    Consumption taker = live.get(world.random().nextInt(live.size()));
    record.count++;
    Taken taken = new Taken(taker.host(), record);
    world.ready(taker.host(), () -> taker.handler().accept(taken));
    world.at(world.now().plus(LEASE), null, taken::expire);
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

    private final Host host;

    Connection(Host host) {
      this.host = host;
    }

    @Override
    public CompletionStage<Void> enqueue(List<Job> jobs) {
      Answer<Void> answer = new Answer<>(world);
      world.ready(
          null,
          () -> {
            for (Job job : jobs) {
              accept(job);
              if (world.chance(duplicates)) {
                accept(job);
              }
            }
            world.ready(host, () -> answer.complete(null));
          });
      return answer;
    }

    private void accept(Job job) {
      outstanding++;
      Sent record = new Sent(job);
      world.ready(null, () -> send(record));
    }

    @Override
    public Subscription consume(Consumer<Delivery> handler, int maxInFlight) {
      Consumption consumption = new Consumption(host, handler);
      consumptions.add(consumption);
      return () -> consumptions.remove(consumption);
    }

    @Override
    public void close() {}
  }

  /** A delivery; it comes again if its host dies with it. */
  private final class Taken implements Delivery {

    private final Host host;
    private final Sent record;
    private final int count;
    private boolean ended;

    Taken(Host host, Sent record) {
      this.host = host;
      this.record = record;
      this.count = record.count;
    }

    private void expire() {
      if (!ended && !host.isAlive()) {
        ended = true;
        send(record);
      }
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
        world.ready(null, () -> send(record));
      }
    }

    @Override
    public void reject(String reason) {
      over();
    }

    private void over() {
      if (!ended && host.isAlive()) {
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
