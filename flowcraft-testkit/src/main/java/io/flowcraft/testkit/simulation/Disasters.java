package io.flowcraft.testkit.simulation;

/** What can strike more than one call. */
@FunctionalInterface
interface Disasters {

  /**
   * Something strikes.
   *
   * @param atWork the process that is at work
   */
  void strike(Fault fault, Host atWork);
}
