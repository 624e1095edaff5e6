package io.flowcraft.testkit.simulation;

import io.flowcraft.blueprint.Blueprint;
import io.flowcraft.flow.Flow;
import io.flowcraft.spi.Outcome;
import io.flowcraft.spi.RunRecord;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** One execution of a workload, from its start until everything has come to its end. */
final class History {

  private final Workload workload;
  private final World world;
  private final Faults faults;
  private final Trace trace;
  private final RunRules rules;
  private final ObservedStore store;
  private final Broker broker;
  private final Fleet fleet;
  private final Client client;
  private @Nullable Breach breach;

  History(Workload workload, Set<Fault> enabled, Choices choices, Trace trace) {
    this.workload = workload;
    this.trace = trace;
    this.world = new World(choices);
    this.faults = new Faults(world, enabled);
    this.rules = new RunRules(blueprints(workload.flow()), workload.isRepaired(), this::breached);
    this.store = new ObservedStore(rules);
    this.broker = new Broker(world, faults, trace);
    this.fleet =
        new Fleet(
            world,
            workload,
            new Fleet.Backends(broker, store, new Coordination(world)),
            faults,
            trace);
    this.client = new Client(workload, world, fleet, store, trace, this::breached);
  }

  private static Map<String, Blueprint> blueprints(Flow flow) {
    Map<String, Blueprint> all = new HashMap<>();
    addBlueprints(flow, all);
    return all;
  }

  private static void addBlueprints(Flow flow, Map<String, Blueprint> all) {
    all.put(flow.id(), flow.blueprint());
    flow.children().forEach(child -> addBlueprints(child, all));
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
    for (int i = 0; i < processes; i++) {
      fleet.join();
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
    if (breach == null && !isAtEnd()) {
      breached(new Breach("everything comes to its end", standstill()));
    }
    world.stop();
    return this;
  }

  private boolean isAtEnd() {
    return world.isQuiet()
        && rules.unfinished().isEmpty()
        && broker.outstanding() == 0
        && !fleet.isBusy()
        && client.isDone();
  }

  private String standstill() {
    return "after "
        + world.millis() / 1000
        + " s unfinished runs "
        + rules.unfinished()
        + ", open records "
        + broker.outstanding()
        + (world.waitingAtEnd() == 0 ? "" : ", waiting tasks " + world.waitingAtEnd())
        + (client.isDone() ? "" : ", the client still has something to do")
        + "\n"
        + describe();
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
              "I11 the result is as expected", "expected:\n" + expected + "\nfound:\n" + describe()));
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
