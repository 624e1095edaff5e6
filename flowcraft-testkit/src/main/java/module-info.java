/**
 * JUnit extension, virtual time, fault injection, simulation and compatibility kits for backends.
 */
module io.flowcraft.testkit {
  requires java.management;
  requires transitive io.flowcraft.api;
  requires transitive io.flowcraft.runtime;
  requires transitive org.assertj.core;
  requires static transitive org.jspecify;
  requires transitive org.junit.jupiter.api;

  exports io.flowcraft.testkit;
  exports io.flowcraft.testkit.cli;
  exports io.flowcraft.testkit.golden;
  exports io.flowcraft.testkit.simulation;
  exports io.flowcraft.testkit.spi;

  // JUnit calls the tests of the kits by reflection, and few of them are public.
  opens io.flowcraft.testkit.spi;
}
