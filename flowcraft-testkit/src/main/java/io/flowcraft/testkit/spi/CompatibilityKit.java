package io.flowcraft.testkit.spi;

import java.time.Duration;
import org.junit.jupiter.api.DisplayNameGeneration;

/** What the compatibility kits share. */
@DisplayNameGeneration(RuleNames.class)
public abstract class CompatibilityKit {

  CompatibilityKit() {}

  /** How long a test waits for an answer or an effect before it fails. */
  protected Duration patience() {
    return Duration.ofSeconds(30);
  }
}
