package io.flowcraft.testkit.simulation;

import io.flowcraft.spi.Outcome;
import io.flowcraft.spi.RunRecord;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One execution of a workload, from its start until everything has come to its end. */
final class History {

  /** Data is text in one history of two. */
  private static final int DATA_FORMS = 2;

  /** One history in so many is watched for a while after its end. */
  private static final int WATCHES = 10;

  private static final Duration WATCH = Duration.ofSeconds(100);

  private final Workload workload;
  private final World world;
  private final Faults faults;
  private final Trace trace;
  private final RunRules rules;
  private final ObservedStore store;
  private final Broker broker;
  private final Coordination coordination;
  private final Outages outages;
  private final Connections connections;
  private final Fleet fleet;
  private final Client client;
  private @Nullable Breach breach;

  History(Workload workload, Set<Fault> enabled, Choices choices, Trace trace) {
    this.workload = workload;
    this.trace = trace;
    this.world = new World(choices);
    this.faults = new Faults(world, enabled, workload.patience());
    this.rules = new RunRules(workload.ways(), workload.isRepaired(), this::breached);
    WireFormat format = choices.among(DATA_FORMS) == 0 ? null : new WireFormat();
    this.store = new ObservedStore(rules, format);
    CalmRules calm = new CalmRules(faults, store, workload.isRepaired(), this::breached);
    this.broker = new Broker(world, faults, trace, format, calm);
    this.coordination = new Coordination(world, calm::opened);
    this.outages = new Outages(world);
    this.connections = new Connections(world, faults, outages, this::strike, trace);
    Launcher launcher =
        new Launcher(workload, new Launcher.Backends(broker, store, coordination), choices);
    this.fleet = new Fleet(world, launcher, broker, connections);
    TimerRules timers =
        new TimerRules(world, store, coordination, workload.hasNewerFlow(), this::breached);
    rules.tell(timers);
    world.observeTime(() -> timers.timePasses(fleet.wellSince()));
    this.client = new Client(workload, world, fleet, store, trace, this::breached);
  }

  private void strike(Fault fault, Host atWork) {
    new Strikes(world, faults, fleet, new Strikes.Struck(connections, outages, coordination))
        .strike(fault, atWork);
  }

  private void breached(Breach found) {
    if (breach == null) {
      breach = found;
      trace.note(world, "simulation", () -> found.invariant() + ": " + found.details());
      world.stop();
    }
  }

  /** Lets everything happen. */
  History run(int processes) {
    fleet.join();
    for (int i = 1; i < processes; i++) {
      fleet.joinSoonerOrLater();
    }
    world.observe(
        () -> {
          if (rules.takeChanged()) {
            client.look();
          }
        });
    client.look();
    boolean more = true;
    while (more && !isAtEnd()) {
      more = world.step();
    }
    if (more && world.choices().among(WATCHES) == 1) {
      watch();
    }
    if (breach == null && !isAtEnd()) {
      breached(new Breach("everything comes to its end", standstill()));
    }
    world.stop();
    return this;
  }

  /** Whoever is still at work must not change anything any more. */
  private void watch() {
    boolean[] over = {false};
    world.after(WATCH, () -> over[0] = true);
    boolean more = true;
    while (more && !over[0]) {
      more = world.step();
    }
    while (more && !world.isOver() && !isAtEnd()) {
      more = world.step();
    }
  }

  private boolean isAtEnd() {
    return world.isQuiet()
        && rules.unfinished().isEmpty()
        && broker.outstanding() == 0
        && !fleet.isChanging()
        && !connections.areBusy()
        && !outages.areOn()
        && client.isDone();
  }

  private String standstill() {
    return "after "
        + world.millis() / 1000
        + " s unfinished runs "
        + rules.unfinished()
        + ", open records "
        + broker.outstanding()
        + (client.isDone() ? "" : ", the client still has something to do")
        + "\n"
        + describe()
        + world.waitingAtEnd().stream()
            .map(task -> "a task waits: " + task + "\n")
            .collect(Collectors.joining());
  }

  /** Compares what has come of the run with what should. */
  void compare(@Nullable String expected) {
    if (breach != null) {
      return;
    }
    RunView view = client.view();
    if (workload.expected() != null) {
      if (view == null || !workload.expected().test(view)) {
        breached(new Breach("I11 the result is as expected", describe()));
      }
    } else if (expected != null && !expected.equals(describe())) {
      breached(
          new Breach(
              "I11 the result is as expected",
              "expected:\n" + expected + "\nfound:\n" + describe()));
    }
  }

  /** The runs as they are: their status, and what became of each instance. */
  String describe() {
    StringBuilder text = new StringBuilder();
    for (RunRecord run : store.runs()) {
      text.append(run.runId()).append(' ').append(run.status()).append('\n');
      Map<String, Outcome> outcomes = new TreeMap<>(store.everything(run.runId()).outcomes());
      outcomes.forEach(
          (key, outcome) -> {
            text.append("  ").append(key).append(' ').append(outcome.status());
            if (outcome.action() != null) {
              text.append(" action ").append(outcome.action());
            }
            if (outcome.output() != null) {
              text.append(' ').append(outcome.output().text());
            }
            text.append('\n');
          });
    }
    return text.toString();
  }

  @Nullable Breach breach() {
    return breach;
  }

  long steps() {
    return world.steps();
  }

  long millis() {
    return world.millis();
  }

  Map<Fault, Integer> injected() {
    return faults.injected();
  }

  int[] made() {
    return world.choices().made();
  }

  Trace trace() {
    return trace;
  }
}
