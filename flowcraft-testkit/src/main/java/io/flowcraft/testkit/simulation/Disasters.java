package io.flowcraft.testkit.simulation;

/** What can strike more than one call. */
interface Disasters {

  /** A process dies: the given one, or another. */
  void kill(Host atWork);

  /**
   * Something else strikes.
   *
   * @param atWork the process that is at work
   */
  void strike(Fault fault, Host atWork);
}
