package io.flowcraft.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.conditions.ArchPredicates.are;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Who may use whom: dependencies point one way, between modules and between packages. */
final class Layers {

  /** What a module stands on: modules of ours, and packages of libraries. */
  record Ground(Set<String> modules, Set<String> libraries) {}

  private static final String AUTO_SERVICE = "com.google.auto.service..";
  private static final String LOGGING = "org.slf4j..";

  static final Map<String, Ground> GROUND =
      Map.of(
          "flowcraft-api",
          new Ground(Set.of(), Set.of()),
          "flowcraft-runtime",
          new Ground(
              Set.of("flowcraft-api"),
              Set.of(
                  "tools.jackson..", "com.fasterxml.jackson.annotation..", LOGGING, AUTO_SERVICE)),
          "flowcraft-queue-kafka",
          new Ground(Set.of("flowcraft-api"), Set.of("org.apache.kafka..", LOGGING, AUTO_SERVICE)),
          "flowcraft-state-cassandra",
          new Ground(
              Set.of("flowcraft-api"), Set.of("com.datastax.oss.driver..", LOGGING, AUTO_SERVICE)),
          "flowcraft-coord-redis",
          new Ground(Set.of("flowcraft-api"), Set.of("org.redisson..", LOGGING, AUTO_SERVICE)),
          "flowcraft-testkit",
          new Ground(
              Set.of("flowcraft-api", "flowcraft-runtime"),
              Set.of("org.junit..", "org.opentest4j..", "org.assertj..", LOGGING, AUTO_SERVICE)));

  static final ArchRule NO_PACKAGE_CYCLES =
      slices()
          .assignedFrom(packages())
          .should()
          .beFreeOfCycles()
          .because("a cycle of packages is one package that nobody can understand alone");

  private Layers() {}

  static ArchRule groundOf(House.Module module, House house) {
    Ground ground = GROUND.getOrDefault(module.name(), new Ground(Set.of(), Set.of()));
    Stream<String> open =
        ground.modules().stream().flatMap(name -> house.module(name).openPackages().stream());
    return usesOnly(
        Stream.concat(module.packages().stream(), open).collect(Collectors.toSet()),
        ground.libraries());
  }

  /**
   * Classes use the JDK, JSpecify, the given libraries and, of our own, exactly these packages.
   * Internal packages of other modules are never among them.
   */
  static ArchRule usesOnly(Set<String> ownPackages, Set<String> libraries) {
    String[] outside =
        Stream.concat(Stream.of("java..", "javax..", "org.jspecify.."), libraries.stream())
            .toArray(String[]::new);
    DescribedPredicate<JavaClass> permitted =
        resideInAnyPackage(outside)
            .or(
                DescribedPredicate.describe(
                    "of " + ownPackages,
                    type ->
                        ownPackages.contains(type.getBaseComponentType().getPackageName())
                            || type.getBaseComponentType().isPrimitive()))
            .as("of the module's ground");
    return classes()
        .should()
        .onlyDependOnClassesThat(are(permitted))
        .because(
            "the API stands on JSpecify alone, backends on the API and their client library, and"
                + " nobody on what another module keeps internal");
  }

  private static SliceAssignment packages() {
    return new SliceAssignment() {
      @Override
      public SliceIdentifier getIdentifierOf(JavaClass type) {
        return SliceIdentifier.of(type.getPackageName());
      }

      @Override
      public String getDescription() {
        return "packages";
      }
    };
  }
}
