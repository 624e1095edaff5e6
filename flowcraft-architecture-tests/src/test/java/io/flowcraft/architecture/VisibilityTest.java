package io.flowcraft.architecture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.flowcraft.architecture.fixture.api.Leaky;
import java.lang.module.ModuleDescriptor;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class VisibilityTest {

  @TestFactory
  Stream<DynamicTest> theApiShowsNoInternalType() {
    return House.HERE.published().stream()
        .map(
            module ->
                dynamicTest(
                    module.name(),
                    () ->
                        Visibility.API_SHOWS_NO_INTERNAL_TYPE
                            // A module without public types yet shows nothing.
                            .allowEmptyShould(true)
                            .check(module.main())));
  }

  @TestFactory
  Stream<DynamicTest> internalPackagesAreNotExported() {
    return House.HERE.published().stream()
        .map(
            module ->
                dynamicTest(
                    module.name(),
                    () -> assertThat(Visibility.exportedInternals(module.descriptor())).isEmpty()));
  }

  @Test
  void everyWayToShowAnInternalTypeIsReported() {
    assertThat(Violations.of(Visibility.API_SHOWS_NO_INTERNAL_TYPE, Leaky.class))
        .allSatisfy(line -> assertThat(line).contains("shows").contains("internal.Secret"))
        .extracting(line -> line.replaceAll(".*Leaky\\.?(\\w*).* shows .*", "$1"))
        .containsExactlyInAnyOrder("", "FIELD", "returned", "taken", "thrown", "bounded");
  }

  @Test
  void exportedInternalPackageIsReported() {
    ModuleDescriptor module =
        ModuleDescriptor.newModule("fixture")
            .exports("fixture.open")
            .exports("fixture.internal.time")
            .exports("fixture.internal.shared", Set.of("friend"))
            .build();
    assertThat(Visibility.exportedInternals(module)).containsExactly("fixture.internal.time");
  }
}
