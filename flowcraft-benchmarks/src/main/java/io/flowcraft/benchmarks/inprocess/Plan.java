package io.flowcraft.benchmarks.inprocess;

import java.util.List;
import java.util.stream.Stream;

/**
 * What is measured, how long and how often.
 *
 * @param sizes cases, one run at a time, that show how the cost of a step depends on their number
 * @param rounds how many forks each system gets
 * @param patienceSeconds how long a fork may take to get warm
 * @param iterations how many iterations of each case a fork measures
 * @param iterationMillis how long an iteration is, if it is longer than a slice
 */
record Plan(
    List<Case> sizes, int rounds, int patienceSeconds, int iterations, int iterationMillis) {

  /** How many runs are in flight when many are. */
  static final int MANY = 64;

  /** What the targets name. */
  static final List<Case> COMPARED =
      Case.parse("chain-10@1 chain-10@" + MANY + " fan-100@1 fan-100@" + MANY);

  /** The figures that count; five minutes. */
  static final Plan FULL =
      new Plan(
          Case.parse(
              "chain-1000@1 chain-10000@1 fan-1000@1 fan-10000@1"
                  + " batch-100@1 batch-10000@1 batch-100000@1"),
          3,
          20,
          5,
          400);

  /** A first look; a minute and a half. */
  static final Plan QUICK =
      new Plan(
          Case.parse("chain-1000@1 chain-10000@1 batch-100@1 batch-10000@1 batch-100000@1"),
          1,
          15,
          3,
          300);

  /** The cases of a fork. */
  List<Case> cases() {
    return Stream.concat(COMPARED.stream(), sizes.stream()).toList();
  }

  /** Who is measured in a round, in this order: another one begins each time. */
  static List<String> systems(int round) {
    return Stream.concat(Systems.ALL.stream(), Systems.ALL.stream())
        .skip(round % Systems.ALL.size())
        .limit(Systems.ALL.size())
        .toList();
  }
}
