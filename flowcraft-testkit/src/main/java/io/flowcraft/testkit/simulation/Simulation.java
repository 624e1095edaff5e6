package io.flowcraft.testkit.simulation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Runs workloads many times, each time in another order and with other faults, and finds out
 * whether what must hold does.
 */
public final class Simulation {

  private final List<Workload> workloads;
  private final long firstSeed;
  private final long seeds;
  private final @Nullable Integer processes;
  private final Set<Fault> faults;
  private final int mostViolations;
  private final boolean explains;

  private Simulation(Builder builder) {
    this.workloads = List.copyOf(builder.workloads);
    this.firstSeed = builder.firstSeed;
    this.seeds = builder.seeds;
    this.processes = builder.processes;
    this.faults = EnumSet.copyOf(builder.faults);
    this.mostViolations = builder.mostViolations;
    this.explains = builder.explains;
  }

  /** Begins to describe a simulation. */
  public static Builder builder() {
    return new Builder();
  }

  /** Runs everything. Blocks until it is done. */
  public SimulationReport run() {
    Duration before = cpuTime();
    long histories = 0;
    long steps = 0;
    Map<Fault, Long> injected = new EnumMap<>(Fault.class);
    List<Violation> violations = new ArrayList<>();
    for (Workload workload : workloads) {
      String expected = expected(workload);
      int found = 0;
      for (long seed = firstSeed; seed < firstSeed + seeds && found < mostViolations; seed++) {
        History history = history(workload, Choices.ofSeed(seed), Trace.off(), expected);
        histories++;
        steps += history.steps();
        history
            .injected()
            .forEach((fault, count) -> injected.merge(fault, (long) count, Long::sum));
        Breach breach = history.breach();
        if (breach != null) {
          found++;
          violations.add(violation(workload, seed, history, breach, expected));
        }
      }
    }
    return new SimulationReport(histories, steps, cpuTime().minus(before), injected, violations);
  }

  private static Duration cpuTime() {
    return ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO);
  }

  private static String expected(Workload workload) {
    History ideal =
        new History(workload, EnumSet.noneOf(Fault.class), Choices.none(), Trace.off()).run(1);
    if (ideal.breach() != null) {
      throw new IllegalStateException(
          "Workload '" + workload + "' fails without any fault: " + ideal.breach());
    }
    return ideal.describe();
  }

  private History history(Workload workload, Choices choices, Trace trace, String expected) {
    History history =
        new History(workload, faults, choices, trace)
            .run(processes == null ? workload.processes() : processes);
    history.compare(expected);
    return history;
  }

  private Violation violation(
      Workload workload, long seed, History history, Breach breach, String expected) {
    if (!explains) {
      return new Violation(
          workload.name(),
          seed,
          breach.invariant(),
          breach.details(),
          "",
          "",
          command(workload, seed));
    }
    Shrinker shrinker =
        new Shrinker(
            history.made(),
            choices -> {
              History other = history(workload, Choices.of(choices), Trace.off(), expected);
              Breach found = other.breach();
              boolean same = found != null && found.invariant().equals(breach.invariant());
              return new Shrinker.Attempt(same, other.steps());
            });
    History shown = history(workload, Choices.of(shrinker.shrink()), Trace.on(), expected);
    Breach simplest = Objects.requireNonNullElse(shown.breach(), breach);
    List<Trace.Event> events = shown.trace().events();
    return new Violation(
        workload.name(),
        seed,
        simplest.invariant(),
        simplest.details(),
        HistoryText.of(events),
        SequenceDiagram.of(events),
        command(workload, seed));
  }

  private String command(Workload workload, long seed) {
    String all = "scripts/simulate " + workload.arguments() + " --from " + seed + " --seeds 1";
    return faults.equals(EnumSet.allOf(Fault.class))
        ? all
        : all + " --faults " + faults.stream().map(Fault::name).collect(Collectors.joining(","));
  }

  /** Describes a simulation. Used by one thread. */
  public static final class Builder {

    private final List<Workload> workloads = new ArrayList<>();
    private long firstSeed = 1;
    private long seeds = 1_000;
    private @Nullable Integer processes;
    private Set<Fault> faults = EnumSet.allOf(Fault.class);
    private int mostViolations = 1;
    private boolean explains = true;

    private Builder() {}

    /** Adds a workload. */
    public Builder workload(Workload workload) {
      workloads.add(workload);
      return this;
    }

    /** Adds workloads. */
    public Builder workloads(List<Workload> more) {
      workloads.addAll(more);
      return this;
    }

    /** How many histories of each workload, and the seed of the first one. */
    public Builder seeds(long first, long count) {
      firstSeed = first;
      seeds = count;
      return this;
    }

    /** How many processes share the work, whatever the workloads say. */
    public Builder processes(int number) {
      processes = number;
      return this;
    }

    /** What may go wrong; everything by default. */
    public Builder faults(Set<Fault> kinds) {
      faults = kinds.isEmpty() ? EnumSet.noneOf(Fault.class) : EnumSet.copyOf(kinds);
      return this;
    }

    /** After how many violations a workload is left; 1 by default. */
    public Builder stopAfter(int violations) {
      mostViolations = violations;
      return this;
    }

    /**
     * Tells of violations without making their histories shorter and telling them, which takes
     * time.
     */
    public Builder unexplained() {
      explains = false;
      return this;
    }

    /** The simulation. */
    public Simulation build() {
      return new Simulation(this);
    }

    /** Runs it; see {@link Simulation#run()}. */
    public SimulationReport run() {
      return build().run();
    }
  }
}
