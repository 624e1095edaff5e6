package io.flowcraft.testkit.simulation;

import java.util.ArrayList;
import java.util.List;

/** Workloads that together use everything that a workflow can have. */
public final class Workloads {

  private static final String RANDOM = "random-";
  private static final int RANDOM_GRAPHS = 20;

  private Workloads() {}

  /** All of them, with some random graphs. */
  public static List<Workload> all() {
    List<Workload> all = new ArrayList<>();
    all.addAll(RoutingWorkloads.all());
    all.addAll(WaitingWorkloads.all());
    all.addAll(ExecutionWorkloads.all());
    all.addAll(EndingWorkloads.all());
    for (long seed = 1; seed <= RANDOM_GRAPHS; seed++) {
      all.add(random(seed));
    }
    return all;
  }

  /** A workflow of nodes and edges that a seed decides. */
  public static Workload random(long seed) {
    return Workload.named(RANDOM + seed).flow(new RandomGraph(seed).flow()).build();
  }

  /**
   * The workload of a name.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static Workload named(String name) {
    if (name.matches(RANDOM + "\\d{1,18}")) {
      return random(Long.parseLong(name.substring(RANDOM.length())));
    }
    List<Workload> all = all();
    return all.stream()
        .filter(workload -> workload.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "There is no workload '" + name + "'; expected: one of " + all + "."));
  }
}
