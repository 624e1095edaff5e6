package io.flowcraft.testkit.broken;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowcraft.memory.InMemoryContextStore;
import io.flowcraft.spi.ContextStore;
import io.flowcraft.testkit.spi.ContextStoreCompatibilityKit;
import java.time.Duration;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The kit notices stores that break a rule, and says which. */
class BrokenContextStoreTest {

  /** How the kit below breaks its store; tests of one thread only. */
  private static UnaryOperator<ContextStore> breaking = UnaryOperator.identity();

  @AfterEach
  void mend() {
    breaking = UnaryOperator.identity();
  }

  @TestFactory
  Stream<DynamicTest> aBrokenRuleIsNoticed() {
    return BrokenStores.all().entrySet().stream()
        .map(
            row ->
                DynamicTest.dynamicTest(row.getKey(), () -> check(row.getKey(), row.getValue())));
  }

  private static void check(String rule, Broken<ContextStore> broken) {
    breaking = broken.breaking();

    KitVerdict verdict = KitVerdict.of(Kit.class, rule);

    assertThat(verdict.failures())
        .as("what the kit says about a store that breaks %s", rule)
        .isNotEmpty()
        .anySatisfy(message -> assertThat(message).contains(broken.words()));
  }

  /** A consumer of the kit whose store the tests above break. */
  static class Kit extends ContextStoreCompatibilityKit {

    private final ContextStore store = new InMemoryContextStore();

    @Override
    protected ContextStore openStore() {
      return breaking.apply(store);
    }

    @Override
    protected Duration patience() {
      return Duration.ofSeconds(5);
    }
  }
}
