package io.flowcraft.testkit.broken;

import io.flowcraft.spi.Delivery;
import io.flowcraft.spi.Job;
import io.flowcraft.spi.JobQueue;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/** Does what another queue does, until somebody overrides something. */
class ForwardingJobQueue implements JobQueue {

  final JobQueue queue;

  ForwardingJobQueue(JobQueue queue) {
    this.queue = queue;
  }

  @Override
  public CompletionStage<Void> enqueue(List<Job> jobs) {
    return queue.enqueue(jobs);
  }

  @Override
  public Subscription consume(Consumer<Delivery> handler, int maxInFlight) {
    return queue.consume(delivery -> handler.accept(wrap(delivery)), maxInFlight);
  }

  Delivery wrap(Delivery delivery) {
    return delivery;
  }

  @Override
  public void close() {
    queue.close();
  }

  /** Does what another delivery does, until somebody overrides something. */
  static class ForwardingDelivery implements Delivery {

    final Delivery delivery;

    ForwardingDelivery(Delivery delivery) {
      this.delivery = delivery;
    }

    @Override
    public Job job() {
      return delivery.job();
    }

    @Override
    public int deliveryCount() {
      return delivery.deliveryCount();
    }

    @Override
    public void acknowledge() {
      delivery.acknowledge();
    }

    @Override
    public void release() {
      delivery.release();
    }

    @Override
    public void reject(String reason) {
      delivery.reject(reason);
    }

    @Override
    public void extend() {
      delivery.extend();
    }
  }
}
