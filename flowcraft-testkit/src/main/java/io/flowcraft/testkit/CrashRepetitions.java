package io.flowcraft.testkit;

import io.flowcraft.testkit.simulation.RehearsalPlan;
import io.flowcraft.testkit.simulation.Rehearsed;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.assertj.core.api.Fail;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;

/** A test without a crash, twice, and then with one before and after each effect. */
final class CrashRepetitions extends Repetitions {

  /** What a process says again and again while it executes a slow node. */
  private static final List<String> SIGNS_OF_LIFE =
      List.of("coordination: set if absent ", "coordination: extend ", "queue: extend ");

  private final IdealPerformance ideal = new IdealPerformance();
  private final Map<String, String> findings = new LinkedHashMap<>();
  private @Nullable Iterator<Integer> effects;
  private int effect;
  private boolean after;

  @Override
  @Nullable Repetition next() {
    Repetition first = ideal.next();
    if (first != null || !ideal.isUsable()) {
      return first;
    }
    List<String> all = ideal.get().rehearsed().effects();
    if (effects == null) {
      effects = worthwhile(all).iterator();
    }
    if (after) {
      after = false;
      return crash("crash after effect ", all, RehearsalPlan.crashAfter(effect));
    }
    if (!effects.hasNext()) {
      return null;
    }
    effect = effects.next();
    after = true;
    return crash("crash before effect ", all, RehearsalPlan.crashBefore(effect));
  }

  private Repetition crash(String moment, List<String> all, RehearsalPlan plan) {
    String name = moment + effect + ": " + all.get(effect - 1);
    return new Repetition(name, plan, performance -> judge(name, performance));
  }

  /** The numbers of the effects, from 1; of each sign of life only the first. */
  private static List<Integer> worthwhile(List<String> all) {
    List<Integer> worthwhile = new ArrayList<>();
    Set<String> signs = new HashSet<>();
    for (int i = 0; i < all.size(); i++) {
      String words = all.get(i);
      if (SIGNS_OF_LIFE.stream().noneMatch(words::startsWith) || signs.add(words)) {
        worthwhile.add(i + 1);
      }
    }
    return worthwhile;
  }

  private void judge(String name, Performance performance) {
    Finding finding = Finding.of(performance, ideal.get());
    if (finding == null) {
      return;
    }
    String kind = finding.kind();
    String earlier = findings.putIfAbsent(kind, name);
    if (earlier != null) {
      Assumptions.abort("The same finding as at: " + earlier);
    }
    Fail.fail(finding.report(headline(performance.rehearsed())), performance.failure());
  }

  private static String headline(Rehearsed rehearsed) {
    Rehearsed.Crash crash = rehearsed.crash();
    if (crash == null) {
      return "The test takes another course than before although nothing has crashed: "
          + "it is not repeatable.";
    }
    return "The workflow does not survive a crash: "
        + crash.process()
        + " died right "
        + (crash.before() ? "before" : "after")
        + " this reached its backend: "
        + crash.effect()
        + ".";
  }
}
