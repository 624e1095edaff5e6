package io.flowcraft.testkit.simulation;

import io.flowcraft.flow.Flow;
import io.flowcraft.node.NodeResult;
import io.flowcraft.run.NodeStatus;
import io.flowcraft.run.Resume;
import io.flowcraft.run.RunOptions;
import io.flowcraft.run.RunStatus;
import io.flowcraft.runtime.CompiledFlow;
import io.flowcraft.runtime.FlowRuntime;
import io.flowcraft.runtime.RuntimeBuilder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A workflow, and what people do with its run. Immutable.
 *
 * <p>User code of a simulated workload runs on the thread of the simulation. It must not wait for
 * anything but the simulation: a slow node returns a future that an alarm of its process completes
 * ({@code context.dependency(TimeSource.class).schedule(..)}).
 */
public final class Workload {

  private final String name;
  private final Flow flow;
  private final CompiledFlow compiled;
  private final @Nullable CompiledFlow newer;
  private final Map<String, Ways> ways;
  private final boolean repaired;
  private final Map<String, ? extends @Nullable Object> input;
  private final RunOptions options;
  private final int processes;
  private final List<Action> actions;
  private final @Nullable Predicate<RunView> expected;
  private final Consumer<RuntimeBuilder> setup;
  private final Duration patience;
  private final String arguments;

  private Workload(Builder builder) {
    this.name = builder.name;
    this.flow = Objects.requireNonNull(builder.flow, "flow");
    this.compiled = CompiledFlow.of(flow);
    this.newer = builder.newerFlow == null ? null : CompiledFlow.of(builder.newerFlow);
    this.ways = Ways.of(flow);
    this.input = builder.input;
    this.options = builder.options;
    this.processes = builder.processes;
    this.actions = List.copyOf(builder.actions);
    this.repaired = actions.stream().anyMatch(Action::isRepair);
    this.expected = builder.expected;
    this.setup = builder.setup;
    this.patience = builder.patience;
    this.arguments = builder.arguments == null ? "--workload " + name : builder.arguments;
  }

  /** Begins to describe a workload. */
  public static Builder named(String name) {
    return new Builder(name);
  }

  /** The workload that runs a flow without input, and is called like it. */
  public static Workload of(Flow flow) {
    return named(flow.id()).flow(flow).build();
  }

  /** What somebody does with a run. */
  @FunctionalInterface
  public interface Verb {

    /**
     * Does it. May be called several times, as whoever does not know what has become of a call
     * calls again.
     */
    void apply(FlowRuntime runtime, String runId);
  }

  /**
   * Something that is done with the run when it is time.
   *
   * @param when when it is time, and that it still has to be done
   */
  record Action(String name, Predicate<RunView> when, Verb verb, Kind kind) {

    private boolean isRepair() {
      return kind == Kind.REPAIR || kind == Kind.REPAIR_AT_ONCE;
    }
  }

  /** How something is done. */
  enum Kind {
    /** When it is time. */
    PLAIN,
    /** The same, by somebody who waits long before calling again. */
    PATIENT,
    /** At any moment from then on. */
    ANY_TIME,
    /** When it is time; it may set an ended run going again. */
    REPAIR,
    /** The same, with nothing happening meanwhile: its caller waits for more than answers. */
    REPAIR_AT_ONCE
  }

  /** The name. */
  public String name() {
    return name;
  }

  Flow flow() {
    return flow;
  }

  /** Whether some processes know a later version of the workflow. */
  boolean hasNewerFlow() {
    return newer != null;
  }

  /** The workflow that a process knows. */
  CompiledFlow flow(boolean ofNewer) {
    return ofNewer && newer != null ? newer : compiled;
  }

  /**
   * What leads to the nodes of the workflow and of its children, by the ids of their blueprints.
   */
  Map<String, Ways> ways() {
    return ways;
  }

  Map<String, ? extends @Nullable Object> input() {
    return input;
  }

  RunOptions options() {
    return options;
  }

  int processes() {
    return processes;
  }

  List<Action> actions() {
    return actions;
  }

  @Nullable Predicate<RunView> expected() {
    return expected;
  }

  Consumer<RuntimeBuilder> setup() {
    return setup;
  }

  Duration patience() {
    return patience;
  }

  /** How {@code scripts/simulate} is told of this workload. */
  String arguments() {
    return arguments;
  }

  /** Whether somebody sets ended runs going again. */
  boolean isRepaired() {
    return repaired;
  }

  @Override
  public String toString() {
    return name;
  }

  /** Describes a workload. Used by one thread. */
  public static final class Builder {

    private final String name;
    private final List<Action> actions = new ArrayList<>();
    private @Nullable Flow flow;
    private @Nullable Flow newerFlow;
    private Map<String, ? extends @Nullable Object> input = Map.of();
    private RunOptions options = RunOptions.DEFAULT;
    private int processes = 3;
    private @Nullable Predicate<RunView> expected;
    private Consumer<RuntimeBuilder> setup = builder -> {};
    private Duration patience = Duration.ofHours(6);
    private @Nullable String arguments;

    private Builder(String name) {
      this.name = name;
    }

    /** What to run. */
    public Builder flow(Flow toRun) {
      flow = toRun;
      return this;
    }

    /**
     * What every second process runs under the same id: a later version of the workflow. The run is
     * started with the first version, and goes on with it.
     */
    public Builder newer(Flow version) {
      newerFlow = version;
      return this;
    }

    /** The initial data of the run. */
    public Builder input(Map<String, ? extends @Nullable Object> initial) {
      input = initial;
      return this;
    }

    /** How the run is started; its id is the simulation's. */
    public Builder options(RunOptions how) {
      options = how;
      return this;
    }

    /** How many processes share the work; 3 by default. */
    public Builder processes(int number) {
      processes = number;
      return this;
    }

    /**
     * How long the run may take behind the last fault, in the time of the simulation; 6 hours by
     * default. Every second of it is simulated, so a flow that sleeps for a month takes its time.
     */
    public Builder patience(Duration time) {
      patience = time;
      return this;
    }

    /** How {@code scripts/simulate} is told of the workload, if its name is not enough. */
    public Builder arguments(String ofScript) {
      arguments = ofScript;
      return this;
    }

    /** What else a runtime needs: an evaluator, dependencies, middleware. */
    public Builder setup(Consumer<RuntimeBuilder> more) {
      setup = setup.andThen(more);
      return this;
    }

    /** Answers a node when it waits. */
    public Builder answer(String nodeId, Resume resume) {
      return action(
          "resume " + nodeId,
          run -> run.node(nodeId) == NodeStatus.AWAITING,
          (runtime, runId) -> runtime.resume(runId, nodeId, resume));
    }

    /** The same, by somebody who waits long for what comes of it. */
    Builder answerPatiently(String nodeId, Resume resume) {
      actions.add(
          new Action(
              "resume " + nodeId,
              run -> run.node(nodeId) == NodeStatus.AWAITING,
              (runtime, runId) -> runtime.resume(runId, nodeId, resume),
              Kind.PATIENT));
      return this;
    }

    /** Cancels the run at any moment. */
    public Builder cancel() {
      actions.add(
          new Action(
              "cancel",
              run -> !run.status().isFinal(),
              (runtime, runId) -> runtime.cancel(runId, "simulated"),
              Kind.ANY_TIME));
      return this;
    }

    /** Retries the run when it has failed. */
    public Builder retry() {
      return repair(
          "retry",
          run -> run.status() == RunStatus.FAILED,
          (runtime, runId) -> runtime.retry(runId));
    }

    /** Completes a failed node by hand when the run has failed. */
    public Builder complete(String nodeId, NodeResult result) {
      actions.add(
          new Action(
              "complete " + nodeId,
              run -> run.status() == RunStatus.FAILED,
              (runtime, runId) -> runtime.completeNode(runId, nodeId, result),
              Kind.REPAIR_AT_ONCE));
      return this;
    }

    /**
     * Does something with the run, once.
     *
     * @param what its name in reports
     * @param when when it is time, and that it still has to be done
     */
    public Builder action(String what, Predicate<RunView> when, Verb verb) {
      actions.add(new Action(what, when, verb, Kind.PLAIN));
      return this;
    }

    /**
     * Does something with the run, once, that sets it going again after its end.
     *
     * @param what its name in reports
     * @param when when it is time, and that it still has to be done
     */
    public Builder repair(String what, Predicate<RunView> when, Verb verb) {
      actions.add(new Action(what, when, verb, Kind.REPAIR));
      return this;
    }

    /**
     * What may come of the run. Without it, the same must come of it as in one process without any
     * fault: every status, output and action, of child runs, too.
     */
    public Builder expect(Predicate<RunView> acceptable) {
      expected = acceptable;
      return this;
    }

    /** The workload. */
    public Workload build() {
      return new Workload(this);
    }
  }
}
