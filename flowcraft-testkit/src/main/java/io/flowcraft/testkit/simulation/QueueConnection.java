package io.flowcraft.testkit.simulation;

import io.flowcraft.spi.Delivery;
import io.flowcraft.spi.Job;
import io.flowcraft.spi.JobQueue;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/** The queue as a process reaches it. */
final class QueueConnection implements JobQueue {

  static final String QUEUE = "queue";

  private final Connection connection;
  private final Broker broker;

  QueueConnection(Connection connection, Broker broker) {
    this.connection = connection;
    this.broker = broker;
  }

  @Override
  public CompletionStage<Void> enqueue(List<Job> jobs) {
    List<Job> sent = List.copyOf(jobs);
    return connection.call(QUEUE, () -> Words.of(sent), () -> broker.publish(sent));
  }

  @Override
  public Subscription consume(Consumer<Delivery> handler, int maxInFlight) {
    broker.subscribe(connection, handler, maxInFlight);
    return () -> broker.unsubscribe(connection);
  }

  @Override
  public void close() {}
}
