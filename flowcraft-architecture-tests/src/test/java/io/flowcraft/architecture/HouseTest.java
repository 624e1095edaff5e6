package io.flowcraft.architecture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The rules are worth nothing when they look at nothing. */
class HouseTest {

  /** How many types a module surely has; a module that is not named has its package description. */
  private static final Map<String, Integer> AT_LEAST = Map.of("flowcraft-api", 1);

  @TestFactory
  Stream<DynamicTest> everythingThatWasCompiledIsScanned() {
    return House.HERE.published().stream()
        .map(
            module ->
                dynamicTest(
                    module.name(),
                    () ->
                        assertThat(module.main())
                            .hasSizeGreaterThanOrEqualTo(AT_LEAST.getOrDefault(module.name(), 1))
                            .hasSize((int) module.classFiles())));
  }

  @Test
  void thePublishedModulesAreFound() {
    assertThat(House.HERE.published())
        .extracting(House.Module::name)
        .contains("flowcraft-api", "flowcraft-runtime", "flowcraft-testkit")
        .doesNotContain("flowcraft-examples", "flowcraft-benchmarks", "flowcraft-bom");
  }
}
