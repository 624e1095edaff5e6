package io.flowcraft.spi;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/**
 * Carries jobs to workers: at least once, in no particular order.
 *
 * <p>All methods may be called from any thread and do not block. The rules are numbered Q-1 and
 * following in {@code docs/spi-contract.md}.
 */
public interface JobQueue extends AutoCloseable {

  /**
   * Hands in jobs.
   *
   * @return completes when the queue has taken responsibility for all of them; exceptionally if it
   *     has not for some, which may be delivered nevertheless
   */
  CompletionStage<Void> enqueue(List<Job> jobs);

  /**
   * Begins to deliver jobs.
   *
   * @param handler called once per delivery, from any thread, many at a time; it returns quickly
   *     and ends the delivery later
   * @param maxInFlight how many deliveries may be open at a time; at least 1
   * @return ends the consumption: no further delivery begins after {@link Subscription#close}
   */
  Subscription consume(Consumer<Delivery> handler, int maxInFlight);

  /**
   * Asks whether the queue can be reached; for a check of health, and of no other use. The others
   * of the backends are asked for something that they do not have.
   *
   * @return completes when it has answered; exceptionally if it can't be reached
   */
  default CompletionStage<Void> check() {
    return CompletableFuture.completedStage(null);
  }

  /** Stops all deliveries and lets go of all resources; a second call does nothing. */
  @Override
  void close();

  /** A consumption under way. */
  interface Subscription extends AutoCloseable {

    /** Ends the consumption; open deliveries can still be ended. A second call does nothing. */
    @Override
    void close();
  }
}
