package io.flowcraft.testkit.spi;

import io.flowcraft.spi.ContextStore;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;

/** The rules S-1 and following for a {@link ContextStore}: extend it for each backend. */
public abstract class ContextStoreCompatibilityKit extends CompatibilityKit {

  private @Nullable StoreTrial trial;

  /** For subclasses. */
  protected ContextStoreCompatibilityKit() {}

  /**
   * Opens a store; the kit closes it. Called once or more for each test: all objects of a durable
   * backend stand for the same store. Runs left over from other tests do no harm.
   */
  protected abstract ContextStore openStore() throws Exception;

  /** Whether runs outlive the object that took them. */
  protected boolean durable() {
    return true;
  }

  @BeforeEach
  final void beginTrial() throws Exception {
    trial = new StoreTrial(this);
  }

  @AfterEach
  final void endTrial() {
    if (trial != null) {
      trial.close();
    }
  }

  private StoreTrial trial() {
    if (trial == null) {
      throw new IllegalStateException("No test is running.");
    }
    return trial;
  }

  @Nested
  class Runs extends StoreRunRules {
    @Override
    StoreTrial trial() {
      return ContextStoreCompatibilityKit.this.trial();
    }
  }

  @Nested
  class Commits extends StoreCommitRules {
    @Override
    StoreTrial trial() {
      return ContextStoreCompatibilityKit.this.trial();
    }
  }

  @Nested
  class Epochs extends StoreEpochRules {
    @Override
    StoreTrial trial() {
      return ContextStoreCompatibilityKit.this.trial();
    }
  }

  @Nested
  class Reading extends StoreReadRules {
    @Override
    StoreTrial trial() {
      return ContextStoreCompatibilityKit.this.trial();
    }
  }

  @Nested
  class Listing extends StoreListRules {
    @Override
    StoreTrial trial() {
      return ContextStoreCompatibilityKit.this.trial();
    }
  }

  @Nested
  class Timers extends StoreTimerRules {
    @Override
    StoreTrial trial() {
      return ContextStoreCompatibilityKit.this.trial();
    }
  }

  @Nested
  class Lifetimes extends StoreLifetimeRules {
    @Override
    StoreTrial trial() {
      return ContextStoreCompatibilityKit.this.trial();
    }
  }
}
