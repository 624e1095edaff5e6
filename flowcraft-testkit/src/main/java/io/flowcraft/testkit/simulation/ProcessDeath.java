package io.flowcraft.testkit.simulation;

/** Ends what a process is at when the process is killed. Nobody but the world may catch it. */
final class ProcessDeath extends Error {

  private static final long serialVersionUID = 1;

  @SuppressWarnings("StaticAssignmentOfThrowable") // it has no stack trace and no suppressed ones
  static final ProcessDeath INSTANCE = new ProcessDeath();

  private ProcessDeath() {
    super("The process was killed.", null, false, false);
  }
}
