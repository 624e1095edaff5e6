package io.flowcraft.architecture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.flowcraft.architecture.fixture.cycle.left.Left;
import io.flowcraft.architecture.fixture.cycle.right.Right;
import io.flowcraft.architecture.fixture.layers.lower.Lower;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class LayersTest {

  @TestFactory
  Stream<DynamicTest> everyModuleStandsOnItsGroundOnly() {
    return House.HERE.published().stream()
        .map(
            module ->
                dynamicTest(
                    module.name(), () -> Layers.groundOf(module, House.HERE).check(module.main())));
  }

  @TestFactory
  Stream<DynamicTest> packagesOfAModuleHaveNoCycles() {
    return House.HERE.published().stream()
        .map(
            module ->
                dynamicTest(module.name(), () -> Layers.NO_PACKAGE_CYCLES.check(module.main())));
  }

  @Test
  void theGroundIsWrittenForExactlyThePublishedModules() {
    assertThat(House.HERE.published())
        .extracting(House.Module::name)
        .containsExactlyInAnyOrderElementsOf(Layers.GROUND.keySet());
  }

  @Test
  void noPackageIsSplitOverModules() {
    assertThat(House.HERE.published().stream().flatMap(module -> module.packages().stream()))
        .doesNotHaveDuplicates();
  }

  @Test
  void aStepUpIntoTheInternalOrIntoALibraryIsReported() {
    String own = Lower.class.getPackageName();
    assertThat(Violations.of(Layers.usesOnly(Set.of(own), Set.of()), Lower.class))
        .anySatisfy(line -> assertThat(line).contains("layers.upper.Upper"))
        .anySatisfy(line -> assertThat(line).contains("layers.upper.internal.Hidden"))
        .anySatisfy(
            line -> assertThat(line).contains("com.tngtech.archunit.core.domain.JavaClass"));
  }

  @Test
  void openPackagesMayBeUsedAndInternalOnesStillNot() {
    Set<String> own =
        Set.of(Lower.class.getPackageName(), "io.flowcraft.architecture.fixture.layers.upper");
    assertThat(Violations.of(Layers.usesOnly(own, Set.of("com.tngtech.archunit..")), Lower.class))
        .isNotEmpty()
        .allSatisfy(line -> assertThat(line).contains("layers.upper.internal.Hidden"));
  }

  @Test
  void aCycleOfPackagesIsReported() {
    assertThat(
            Layers.NO_PACKAGE_CYCLES
                .evaluate(new ClassFileImporter().importClasses(Left.class, Right.class))
                .hasViolation())
        .isTrue();
  }
}
