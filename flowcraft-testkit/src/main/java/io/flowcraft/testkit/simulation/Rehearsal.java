package io.flowcraft.testkit.simulation;

import io.flowcraft.blueprint.BuiltIns;
import io.flowcraft.error.ErrorCode;
import io.flowcraft.error.FlowcraftException;
import io.flowcraft.flow.Flow;
import io.flowcraft.node.NodeResult;
import io.flowcraft.run.RunOptions;
import io.flowcraft.runtime.FlowRuntime;
import io.flowcraft.runtime.RuntimeBuilder;
import io.flowcraft.runtime.Upkeep;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A world of processes that a test plays with as if it were one runtime: processes die and others
 * take over, and whoever calls a process that dies calls another one.
 *
 * <p>Everything happens on the thread of the caller and in virtual time. The time that it takes to
 * get over a fault does not count when time is told to pass, so that what is due in an hour is
 * there after {@link #advance} by an hour, whatever happens meanwhile.
 *
 * <p>It is what drives {@link io.flowcraft.testkit} under {@code @CrashEverywhere} and
 * {@code @Simulate}.
 */
public final class Rehearsal implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofHours(8);
  private static final Duration FOREVER = Duration.ofDays(9_000);
  private static final Duration ANSWER_TIME = Duration.ofSeconds(40);
  private static final Duration REPLACEMENT = Duration.ofSeconds(1);
  private static final Duration PAUSE = Duration.ofSeconds(5);
  private static final int MOST_CALLS = 200;

  /** A process that is behind may refuse what another one does not. */
  private static final int MOST_REFUSALS = 4;

  /** By how much the clocks of two processes differ at most. */
  private static final Duration SKEW = Duration.ofSeconds(15);

  private static final int TICKS_AHEAD = 3;
  private static final int TICKS_BETWEEN = 20;

  private static final Flow NOTHING =
      Flow.named("nothing").node("nothing", context -> NodeResult.none()).build();

  private final RehearsalPlan plan;
  private final World world;
  private final Faults faults;
  private final Trace trace;
  private final ObservedStore store;
  private final Broker broker;
  private final Outages outages;
  private final Connections connections;
  private final Fleet fleet;
  private final Strikes strikes;
  private final Executions executions;
  private final Stillness stillness;
  private final Results results;
  private final List<Consumer<RuntimeBuilder>> setups = new ArrayList<>();
  private final Map<String, Flow> flows = new LinkedHashMap<>();
  private final Set<Flow> known = new HashSet<>();
  private final List<String> effects = new ArrayList<>();
  private final List<String> defects = new ArrayList<>();
  private Rehearsed.@Nullable Crash crash;
  private int joined;
  private int started;

  /** A world in which nothing has happened. */
  public Rehearsal(RehearsalPlan plan) {
    this.plan = plan;
    this.trace = plan.isTold() ? Trace.on() : Trace.off();
    Choices choices = plan.makeChoices();
    this.world = new World(choices);
    Set<Fault> enabled =
        plan.isLeftToChance()
            ? EnumSet.complementOf(EnumSet.of(Fault.PROCESS_CLOSED))
            : EnumSet.noneOf(Fault.class);
    this.faults = new Faults(world, enabled, PATIENCE);
    WireFormat format = plan.isLeftToChance() && choices.among(2) == 1 ? new WireFormat() : null;
    RunRules rules = new RunRules(Map.of(), true, breach -> defects.add(breach.toString()));
    this.store = new ObservedStore(rules, format);
    this.broker = new Broker(world, faults, trace, format, Broker.Watcher.NOBODY);
    Coordination coordination = new Coordination(world);
    this.outages = new Outages(world);
    this.connections = new Connections(world, faults, outages, new Calamities(), trace);
    Launcher.Backends backends = new Launcher.Backends(broker, store, coordination);
    Workload workload = Workload.named("test").flow(NOTHING).setup(this::setUp).build();
    this.fleet = new Fleet(world, new Launcher(workload, backends, choices), broker, connections);
    this.strikes =
        new Strikes(world, faults, fleet, new Strikes.Struck(connections, outages, coordination));
    this.executions = new Executions(world, trace, this::isBuiltIn);
    this.stillness = new Stillness(world, store, coordination, executions);
    this.results = new Results(store);
  }

  /** What strikes by chance, and by plan. */
  private final class Calamities implements Disasters {

    @Override
    public void strike(Fault fault, Host atWork) {
      strikes.strike(fault, atWork);
    }

    @Override
    public <T> CompletionStage<T> arrive(
        Host from, Supplier<String> request, Supplier<CompletionStage<T>> effect) {
      if (plan.isTold()) {
        effects.add(request.get());
      }
      if (plan.effect() != effects.size()
          || plan.effect() == 0
          || crash != null
          || !from.isAlive()) {
        return effect.get();
      }
      crash = new Rehearsed.Crash(from.name(), plan.isBefore(), request.get(), world.millis());
      CompletionStage<T> done = plan.isBefore() ? new CompletableFuture<>() : effect.get();
      fleet.kill(from, REPLACEMENT);
      return done;
    }
  }

  /** Has something told to each process that is built from now on. */
  public void configure(Consumer<RuntimeBuilder> setup) {
    setups.add(setup);
  }

  /** Whether there are processes. */
  public boolean isBegun() {
    return joined > 0;
  }

  private void setUp(RuntimeBuilder builder) {
    joined++;
    flows.values().forEach(builder::flow);
    if (!plan.isLeftToChance()) {
      builder.upkeep(Upkeep.DEFAULT);
    }
    builder.listener(executions.of("p" + joined));
    setups.forEach(setup -> setup.accept(builder));
  }

  private void begin() {
    if (!isBegun()) {
      for (int i = 0; i < plan.processes(); i++) {
        fleet.join();
      }
    }
  }

  /** Makes a flow known to all processes, those of today and those of tomorrow. */
  private void know(Flow flow) {
    flows.put(flow.id(), flow);
    flow.children().forEach(child -> flows.putIfAbsent(child.id(), child));
    if (known.add(flow) && isBegun()) {
      fleet.processes().forEach(process -> process.runtime().register(flow));
    }
  }

  /**
   * Starts a run; if nobody says how it is called, it is the first, second, and so on.
   *
   * @return its id
   */
  public String start(
      Flow flow, Map<String, ? extends @Nullable Object> input, RunOptions options) {
    know(flow);
    begin();
    started++;
    String runId = options.runId() == null ? "run-" + started : options.runId();
    RunOptions named = options.withRunId(runId);
    tell("start " + runId, runId, null, runtime -> runtime.start(flow.id(), input, named));
    return runId;
  }

  /**
   * Has some process do something with a run. If it dies meanwhile, or does not answer, and it is
   * still to be done when the world has come to rest, another one is asked.
   *
   * @param what in words
   * @param nodeId the node that it is about; null for the run
   * @throws FlowcraftException if a process refuses
   */
  public void tell(String what, String runId, @Nullable String nodeId, Consumer<FlowRuntime> verb) {
    tell(what, runId, nodeId, verb, false);
  }

  /**
   * Has some process do something for which it waits for more than the answers of backends: nothing
   * else happens meanwhile, and nothing goes wrong.
   *
   * @param what in words
   * @param nodeId the node that it is about; null for the run
   * @throws FlowcraftException if the process refuses
   */
  public void mend(String what, String runId, @Nullable String nodeId, Consumer<FlowRuntime> verb) {
    tell(what, runId, nodeId, verb, true);
  }

  private void tell(
      String what,
      String runId,
      @Nullable String nodeId,
      Consumer<FlowRuntime> verb,
      boolean atOnce) {
    begin();
    faults.beginAnew();
    String before = results.token(runId, nodeId);
    boolean doubtful = false;
    int refusals = plan.isLeftToChance() ? MOST_REFUSALS : 1;
    for (int calls = 0; calls < MOST_CALLS; calls++) {
      if (calls > 0) {
        pass(PAUSE);
        settle();
        if (!results.token(runId, nodeId).equals(before)) {
          return;
        }
      }
      Fleet.Member process = fleet.any();
      if (process != null) {
        Call call = call(process, what, new Call(verb, atOnce ? process.connection() : null));
        RuntimeException error = call.error;
        if (call.done && error == null) {
          return;
        }
        boolean refused = error != null && has(error, ErrorCode.RUN_STATE);
        refusals -= refused ? 1 : 0;
        doubtful |= !refused;
        if (refused && refusals == 0 && doubtful) {
          return;
        }
        if (error != null && !has(error, ErrorCode.BACKEND) && (!refused || refusals == 0)) {
          throw error;
        }
      }
    }
    throw new FlowcraftException(
        ErrorCode.BACKEND, "No process could do it in " + MOST_CALLS + " calls: " + what);
  }

  /** Calls a process and waits for its answer, as long as it lives and not for ever. */
  private Call call(Fleet.Member process, String what, Call call) {
    String name = process.host().name();
    trace.message(world, Trace.Kind.REQUEST, "test", name, () -> what);
    process.host().execute(() -> call.run(process.runtime()));
    boolean[] late = {false};
    World.Alarm alarm = world.after(ANSWER_TIME, () -> late[0] = true);
    goOnWhile(() -> !call.done && !late[0] && process.host().isAlive());
    alarm.cancel();
    if (call.done) {
      trace.message(world, Trace.Kind.ANSWER, name, "test", () -> call.answer(what));
    } else {
      trace.note(world, "test", () -> "gets no answer to: " + what);
    }
    return call;
  }

  private static boolean has(RuntimeException error, ErrorCode code) {
    return error instanceof FlowcraftException e && e.code() == code;
  }

  /** A call of the test to a process. */
  private static final class Call {

    private final Consumer<FlowRuntime> verb;
    private final @Nullable Connection direct;
    private boolean done;
    private @Nullable RuntimeException error;

    /**
     * A call.
     *
     * @param direct what is to answer at once while it lasts; null for nothing
     */
    Call(Consumer<FlowRuntime> verb, @Nullable Connection direct) {
      this.verb = verb;
      this.direct = direct;
    }

    void run(FlowRuntime runtime) {
      if (direct != null) {
        direct.direct(true);
      }
      try {
        verb.accept(runtime);
      } catch (RuntimeException e) {
        error = e;
      } finally {
        if (direct != null) {
          direct.direct(false);
        }
      }
      done = true;
    }

    String answer(String what) {
      return error == null ? what + ": done" : String.valueOf(error.getMessage());
    }
  }

  /** Asks some process for something; nothing goes wrong meanwhile. */
  public <T> T look(Function<FlowRuntime, T> question) {
    Fleet.Member process = someProcess();
    process.connection().direct(true);
    try {
      return question.apply(process.runtime());
    } finally {
      process.connection().direct(false);
    }
  }

  /** The runtime of some process that lives. */
  public FlowRuntime runtime() {
    return someProcess().runtime();
  }

  private Fleet.Member someProcess() {
    begin();
    for (int i = 0; i < MOST_CALLS; i++) {
      for (Fleet.Member process : fleet.processes()) {
        if (!process.host().isPaused()) {
          return process;
        }
      }
      pass(PAUSE);
    }
    throw new FlowcraftException(ErrorCode.BACKEND, "No process is there to be asked.");
  }

  /** Lets things happen until only time or the outside can move the runs. */
  public void settle() {
    begin();
    settleWhile(() -> true, 0);
  }

  /**
   * Lets things happen until the runs are still.
   *
   * @param dueMillis what is due by then counts as due now, in milliseconds of the epoch
   */
  private void settleWhile(BooleanSupplier wanted, long dueMillis) {
    long since = world.millis();
    goOnWhile(
        () ->
            wanted.getAsBoolean()
                && !isStill(since, dueMillis)
                && world.millis() - since < PATIENCE.toMillis());
    if (world.millis() - since >= PATIENCE.toMillis()) {
      trace.note(world, "test", () -> "waits no longer: the runs do not come to rest");
    }
  }

  private boolean isStill(long since, long dueMillis) {
    if (!world.isQuiet() || fleet.isChanging() || connections.areBusy() || outages.areOn()) {
      return false;
    }
    retainLiving();
    return (broker.outstanding() == 0 || !executions.underWay().isEmpty())
        && stillness.isStill(since, Math.max(dueMillis, world.now().toEpochMilli()));
  }

  private void retainLiving() {
    executions.retain(
        fleet.processes().stream()
            .map(process -> process.host().name())
            .collect(Collectors.toSet()));
  }

  /** Lets things happen until a process has told of something. */
  public boolean step(BooleanSupplier told) {
    begin();
    settleWhile(() -> !told.getAsBoolean(), 0);
    return told.getAsBoolean();
  }

  private void pass(Duration time) {
    boolean[] over = {false};
    world.after(time, () -> over[0] = true);
    goOnWhile(() -> !over[0]);
  }

  private void goOnWhile(BooleanSupplier wanted) {
    boolean more = true;
    while (more && wanted.getAsBoolean()) {
      world.endsAfter(FOREVER);
      more = world.step();
    }
  }

  /** Lets time pass; that which it takes to get over faults does not count. */
  public void advance(Duration time) {
    settle();
    long left = time.toMillis();
    while (left > 0 && !world.isOver()) {
      long from = world.millis();
      leap(left);
      boolean[] over = {false};
      long rest = Math.min(left - (world.millis() - from), tick().toMillis() * TICKS_BETWEEN);
      World.Alarm end = world.after(Duration.ofMillis(rest), () -> over[0] = true);
      long since = world.millis();
      goOnWhile(() -> !over[0] && (!world.isQuiet() || isStill(since, 0)));
      end.cancel();
      left -= Math.min(left, world.millis() - from);
      settle();
    }
    if (plan.isLeftToChance()) {
      long due = world.now().plus(SKEW).toEpochMilli();
      settleWhile(() -> true, due);
    }
  }

  private Duration tick() {
    return plan.isLeftToChance() ? Duration.ofSeconds(25) : Upkeep.DEFAULT.tick();
  }

  /** Skips time in which nothing but looking around would happen. */
  private void leap(long mostMillis) {
    retainLiving();
    if (stillness.isAnythingExecuted()) {
      return;
    }
    long ahead = tick().multipliedBy(TICKS_AHEAD).toMillis();
    long now = world.now().toEpochMilli();
    long most = Math.min(mostMillis, stillness.nextDue() - now) - ahead;
    if (most > ahead) {
      world.leap(world.millis() + most);
      faults.beginAnew();
      trace.note(world, "test", () -> "time passes");
    }
  }

  /** What a clock without skew shows. */
  public Instant now() {
    return world.now();
  }

  /** Lets everything come to rest, and tells what came of it. */
  public Rehearsed end() {
    if (isBegun()) {
      settle();
    }
    List<Trace.Event> events =
        trace.events().stream().filter(event -> !event.kind().isIdle()).toList();
    return new Rehearsed(
        results.all(),
        executions.begun().stream().map(Rehearsal::execution).toList(),
        effects,
        crash,
        defects,
        world.choices().made(),
        world.steps(),
        HistoryText.of(events),
        plan.isTold() ? SequenceDiagram.of(events) : "");
  }

  private static Rehearsed.Execution execution(Executions.Begun begun) {
    Executions.Instance instance = begun.instance();
    return new Rehearsed.Execution(
        instance.runId(), instance.node(), begun.process(), begun.millis());
  }

  private boolean isBuiltIn(String blueprintId, String nodeId) {
    Flow flow = flows.get(blueprintId);
    return flow != null
        && flow.blueprint().nodes().stream()
            .anyMatch(node -> node.id().equals(nodeId) && BuiltIns.ALL.contains(node.uses()));
  }

  @Override
  public void close() {
    world.stop();
  }
}
