package io.flowcraft.benchmarks.inprocess;

import java.util.ArrayList;
import java.util.List;

/**
 * What is measured, how long and how often.
 *
 * @param compared the workloads that the targets name, at one run at a time and at {@link #MANY}
 * @param sizes the workloads that show how the cost of a step depends on their number
 * @param sizesOf who runs those
 * @param rounds how many forks a compared case gets
 * @param roundsOfSizes how many forks one of the sizes gets
 * @param warmUpCpuMillis how much CPU time a fork gets to warm up
 * @param iterations how many iterations a fork measures
 * @param iterationMillis how long an iteration is
 */
record Plan(
    List<String> compared,
    List<String> sizes,
    List<String> sizesOf,
    int rounds,
    int roundsOfSizes,
    int warmUpCpuMillis,
    int iterations,
    int iterationMillis) {

  /** How many runs are in flight when many are. */
  static final int MANY = 64;

  private static final List<String> COMPARED = List.of("chain-10", "fan-100");
  private static final List<String> BOTH = List.of(Case.FLOWCRAFT, Case.COMPLETABLE_FUTURE);

  /** The figures that count; five minutes. */
  static final Plan FULL =
      new Plan(
          COMPARED,
          List.of(
              "chain-1000",
              "chain-10000",
              "fan-1000",
              "fan-10000",
              "batch-100",
              "batch-10000",
              "batch-100000"),
          BOTH,
          3,
          2,
          4_000,
          4,
          500);

  /** A first look; less than a minute. */
  static final Plan QUICK =
      new Plan(
          COMPARED,
          List.of("chain-1000", "chain-10000", "batch-100", "batch-10000", "batch-100000"),
          List.of(Case.FLOWCRAFT),
          1,
          1,
          2_500,
          2,
          400);

  /**
   * The cases of a round. The systems take turns, and begin with another one in each round, so that
   * whatever else happens on the machine hits both.
   */
  List<Case> round(int round) {
    List<Case> cases = new ArrayList<>();
    for (String workload : compared) {
      for (int inFlight : List.of(1, MANY)) {
        add(cases, workload, inFlight, BOTH, round);
      }
    }
    if (round < roundsOfSizes) {
      for (String workload : sizes) {
        add(cases, workload, 1, sizesOf, round);
      }
    }
    return cases;
  }

  private static void add(
      List<Case> cases, String workload, int inFlight, List<String> systems, int round) {
    for (int i = 0; i < systems.size(); i++) {
      cases.add(new Case(workload, systems.get((i + round) % systems.size()), inFlight));
    }
  }
}
