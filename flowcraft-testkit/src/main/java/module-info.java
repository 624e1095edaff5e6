/**
 * JUnit extension, virtual time, fault injection, simulation and compatibility kits for backends.
 */
module io.flowcraft.testkit {
  requires static transitive org.jspecify;
}
