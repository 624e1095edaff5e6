package io.flowcraft.testkit.simulation;

/** What goes wrong in a simulation. */
public enum Fault {
  /** A process is killed; another one takes its place after a while. */
  PROCESS_KILLED,
  /** A process is closed as if for an update; another one takes its place. */
  PROCESS_CLOSED,
  /** A process stands still, often for longer than its leases hold, and then goes on. */
  PROCESS_PAUSED,
  /**
   * A process does not reach one of the backends for a while: its calls have no effect, or no
   * answer.
   */
  PROCESS_CUT_OFF,
  /** Nobody reaches one of the backends for a while. */
  BACKEND_DOWN,
  /** A call to a store has its effect, and the caller sees a timeout. */
  ANSWER_LOST,
  /** A call to a store has no effect, and the caller sees a timeout. */
  CALL_LOST,
  /** A call to a store has its effect long after the caller has seen a timeout. */
  CALL_LATE,
  /** A call to a store takes long, and is answered in the end. */
  CALL_SLOW,
  /** The coordination store loses everything, or all plain values. */
  COORDINATION_LOST,
  /** The coordination store loses what it knows of a run. */
  RUN_FORGOTTEN,
  /** The coordination store goes back to an older state: values are older, runs are unknown. */
  COORDINATION_SET_BACK,
  /** A record of the queue is lost. */
  RECORD_LOST,
  /** A record of the queue is delivered twice. */
  RECORD_DUPLICATED,
  /** A record of the queue is delivered late. */
  RECORD_DELAYED,
  /** The queue does not get the end of a delivery, and delivers again. */
  ACKNOWLEDGEMENT_LOST
}
