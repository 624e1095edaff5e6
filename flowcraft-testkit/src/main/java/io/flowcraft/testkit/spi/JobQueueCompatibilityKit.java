package io.flowcraft.testkit.spi;

import io.flowcraft.spi.JobQueue;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;

/** The rules Q-1 and following for a {@link JobQueue}: extend it for each backend. */
public abstract class JobQueueCompatibilityKit extends CompatibilityKit {

  private @Nullable QueueTrial trial;

  /** For subclasses. */
  protected JobQueueCompatibilityKit() {}

  /**
   * Opens a queue; the kit closes it. Called once or more for each test: all objects of a durable
   * backend stand for the same queue. Jobs left over from other tests do no harm.
   */
  protected abstract JobQueue openQueue() throws Exception;

  /** Whether jobs outlive the object that took them; false for a queue in memory. */
  protected boolean durable() {
    return true;
  }

  /** Whether {@link io.flowcraft.spi.Delivery#deliveryCount()} counts exactly. */
  protected boolean countsDeliveries() {
    return true;
  }

  /** After what time a delivery without sign of life is given to somebody else; empty for never. */
  protected Optional<Duration> deliveryTimeLimit() {
    return Optional.empty();
  }

  /** The reasons of the rejected jobs of a run; empty if the kit can't look them up. */
  protected Optional<List<String>> deadLetters(String runId) {
    return Optional.empty();
  }

  @BeforeEach
  final void beginTrial() throws Exception {
    trial = new QueueTrial(this);
  }

  @AfterEach
  final void endTrial() {
    if (trial != null) {
      trial.close();
    }
  }

  private QueueTrial trial() {
    if (trial == null) {
      throw new IllegalStateException("No test is running.");
    }
    return trial;
  }

  @Nested
  class Delivering extends QueueDeliveryRules {
    @Override
    QueueTrial trial() {
      return JobQueueCompatibilityKit.this.trial();
    }
  }

  @Nested
  class Ending extends QueueEndingRules {
    @Override
    QueueTrial trial() {
      return JobQueueCompatibilityKit.this.trial();
    }
  }

  @Nested
  class Sharing extends QueueCapacityRules {
    @Override
    QueueTrial trial() {
      return JobQueueCompatibilityKit.this.trial();
    }
  }

  @Nested
  class Lifetimes extends QueueLifetimeRules {
    @Override
    QueueTrial trial() {
      return JobQueueCompatibilityKit.this.trial();
    }
  }
}
