package io.flowcraft.testkit.broken;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowcraft.memory.InMemoryCoordinationStore;
import io.flowcraft.spi.CoordinationStore;
import io.flowcraft.testkit.VirtualTime;
import io.flowcraft.testkit.spi.CoordinationStoreCompatibilityKit;
import java.time.Duration;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The kit notices coordination stores that break a rule, and says which. */
class BrokenCoordinationStoreTest {

  /** How the kit below breaks its store; tests of one thread only. */
  private static UnaryOperator<CoordinationStore> breaking = UnaryOperator.identity();

  @AfterEach
  void mend() {
    breaking = UnaryOperator.identity();
  }

  @TestFactory
  Stream<DynamicTest> aBrokenRuleIsNoticed() {
    return BrokenCoordination.all().entrySet().stream()
        .map(
            row ->
                DynamicTest.dynamicTest(row.getKey(), () -> check(row.getKey(), row.getValue())));
  }

  private static void check(String rule, Broken<CoordinationStore> broken) {
    breaking = broken.breaking();

    KitVerdict verdict = KitVerdict.of(Kit.class, rule);

    assertThat(verdict.failures())
        .as("what the kit says about a store that breaks %s", rule)
        .isNotEmpty()
        .anySatisfy(message -> assertThat(message).contains(broken.words()));
  }

  /** A consumer of the kit whose store the tests above break. */
  static class Kit extends CoordinationStoreCompatibilityKit {

    private final VirtualTime time = new VirtualTime();
    private final CoordinationStore store = new InMemoryCoordinationStore(time);

    @Override
    protected CoordinationStore openStore() {
      return breaking.apply(store);
    }

    @Override
    protected void letTimePass(Duration duration) {
      time.advance(duration);
    }

    @Override
    protected Duration patience() {
      return Duration.ofMillis(500);
    }
  }
}
