package io.flowcraft.benchmarks.inprocess;

/**
 * What is measured: a workload, run by somebody, so many runs at a time.
 *
 * @param workload the name of the workload
 * @param system who runs it
 * @param inFlight how many runs are under way at a time
 */
record Case(String workload, String system, int inFlight) {

  static final String FLOWCRAFT = "flowcraft";
  static final String COMPLETABLE_FUTURE = "completable-future";
}
