package io.flowcraft.testkit.spi;

import io.flowcraft.spi.CoordinationStore;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;

/** The rules C-1 and following for a {@link CoordinationStore}: extend it for each backend. */
public abstract class CoordinationStoreCompatibilityKit extends CompatibilityKit {

  private @Nullable CoordinationTrial trial;

  /** For subclasses. */
  protected CoordinationStoreCompatibilityKit() {}

  /**
   * Opens a store; the kit closes it. Called once or more for each test: all objects of a shared
   * backend stand for the same store. What is left over from other tests does no harm.
   */
  protected abstract CoordinationStore openStore() throws Exception;

  /**
   * Called while a test waits for values to expire: moves a time that does not move by itself.
   *
   * @param time by how much
   */
  protected void letTimePass(Duration time) {}

  /** Whether all objects know the same; false for a store in memory. */
  protected boolean shared() {
    return true;
  }

  @BeforeEach
  final void beginTrial() throws Exception {
    trial = new CoordinationTrial(this);
  }

  @AfterEach
  final void endTrial() {
    if (trial != null) {
      trial.close();
    }
  }

  private CoordinationTrial trial() {
    if (trial == null) {
      throw new IllegalStateException("No test is running.");
    }
    return trial;
  }

  @Nested
  class Values extends CoordinationValueRules {
    @Override
    CoordinationTrial trial() {
      return CoordinationStoreCompatibilityKit.this.trial();
    }
  }

  @Nested
  class Runs extends CoordinationRunRules {
    @Override
    CoordinationTrial trial() {
      return CoordinationStoreCompatibilityKit.this.trial();
    }
  }

  @Nested
  class Epochs extends CoordinationEpochRules {
    @Override
    CoordinationTrial trial() {
      return CoordinationStoreCompatibilityKit.this.trial();
    }
  }

  @Nested
  class States extends CoordinationStateRules {
    @Override
    CoordinationTrial trial() {
      return CoordinationStoreCompatibilityKit.this.trial();
    }
  }

  @Nested
  class Completions extends CoordinationCompletionRules {
    @Override
    CoordinationTrial trial() {
      return CoordinationStoreCompatibilityKit.this.trial();
    }
  }

  @Nested
  class Joins extends CoordinationJoinRules {
    @Override
    CoordinationTrial trial() {
      return CoordinationStoreCompatibilityKit.this.trial();
    }
  }
}
