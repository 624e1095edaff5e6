package io.flowcraft.architecture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The rules are worth nothing when they look at nothing. */
class HouseTest {

  @TestFactory
  Stream<DynamicTest> everythingThatWasCompiledIsScanned() {
    return House.HERE.published().stream()
        .map(
            module ->
                dynamicTest(
                    module.name(),
                    () ->
                        assertThat(module.main())
                            .isNotEmpty()
                            .hasSizeGreaterThanOrEqualTo(module.typeSources())
                            .hasSize((int) module.classFiles())));
  }

  @Test
  void thePublishedModulesAreFound() {
    assertThat(House.HERE.published())
        .extracting(House.Module::name)
        .contains("flowcraft-api", "flowcraft-runtime", "flowcraft-testkit")
        .doesNotContain("flowcraft-examples", "flowcraft-benchmarks", "flowcraft-bom");
  }

  @Test
  void aModuleWithoutClassesIsSeenAsEmpty() {
    assertThat(House.HERE.module("flowcraft-bom").main()).isEmpty();
  }
}
