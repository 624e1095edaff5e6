package io.flowcraft.testkit.broken;

import io.flowcraft.spi.Delivery;
import io.flowcraft.spi.JobQueue;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/** A queue whose deliveries have a time limit, as that of a server has. */
class TimeLimitedJobQueue extends ForwardingJobQueue {

  static final Duration LIMIT = Duration.ofMillis(250);

  private final ScheduledExecutorService timer;

  TimeLimitedJobQueue(JobQueue queue, ScheduledExecutorService timer) {
    super(queue);
    this.timer = timer;
  }

  @Override
  Delivery wrap(Delivery delivery) {
    AtomicReference<ScheduledFuture<?>> due = new AtomicReference<>(giveUpLater(delivery));
    return new ForwardingDelivery(delivery) {
      @Override
      public void extend() {
        if (due.get().cancel(false)) {
          due.set(giveUpLater(delivery));
        }
      }
    };
  }

  private ScheduledFuture<?> giveUpLater(Delivery delivery) {
    return timer.schedule(delivery::release, LIMIT.toMillis(), TimeUnit.MILLISECONDS);
  }
}
