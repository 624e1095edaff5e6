package io.flowcraft.testkit;

import io.flowcraft.testkit.simulation.RehearsalPlan;
import io.flowcraft.testkit.simulation.Simplification;
import java.util.SplittableRandom;
import org.assertj.core.api.Fail;
import org.jspecify.annotations.Nullable;

/**
 * A test without a fault, twice, and then once for each seed until one fails; then as often as it
 * takes to make that simple, and a last time to tell it.
 */
final class SeedRepetitions extends Repetitions {

  private final IdealPerformance ideal = new IdealPerformance();
  private final long first;
  private final long count;
  private final boolean sameResults;
  private long played;
  private long seed;
  private @Nullable Finding found;
  private @Nullable Simplification simplification;
  private boolean told;

  SeedRepetitions(Simulate how) {
    first = first(System.getProperty(Simulate.FROM), how.from());
    count = Long.getLong(Simulate.SEEDS, how.seeds());
    sameResults = how.sameResults();
  }

  private static long first(@Nullable String property, long otherwise) {
    if (property == null || property.isBlank()) {
      return otherwise;
    }
    return property.equals("random")
        ? new SplittableRandom().nextLong(Integer.MAX_VALUE)
        : Long.parseLong(property.trim());
  }

  @Override
  @Nullable Repetition next() {
    Repetition undisturbed = ideal.next();
    if (undisturbed != null || !ideal.isUsable() || told) {
      return undisturbed;
    }
    if (simplification != null) {
      return simpler(simplification);
    }
    if (played == count) {
      return null;
    }
    seed = first + played;
    played++;
    return new Repetition("seed " + seed, RehearsalPlan.ofSeed(seed), this::judgeSeed);
  }

  private void judgeSeed(Performance performance) {
    Finding finding = Finding.of(performance, ideal.get(), sameResults);
    if (finding == null) {
      return;
    }
    found = finding;
    simplification = new Simplification(performance.rehearsed().choices());
    Fail.fail(
        "Seed "
            + seed
            + " fails. The last repetition of this test tells why, with the simplest history that"
            + " fails in the same way."
            + again(),
        performance.failure());
  }

  private Repetition simpler(Simplification simpler) {
    int[] choices = simpler.next();
    if (choices != null) {
      return new Repetition(
          "seed " + seed + ", made simpler: attempt " + simpler.attempts(),
          RehearsalPlan.ofChoices(choices),
          performance -> judgeSimpler(simpler, choices, performance));
    }
    told = true;
    return new Repetition(
        "seed " + seed + ", what happened",
        RehearsalPlan.ofChoices(simpler.simplest()).told(),
        this::tell);
  }

  private void judgeSimpler(Simplification simpler, int[] choices, Performance performance) {
    Finding finding = Finding.of(performance, ideal.get(), sameResults);
    boolean same = finding != null && found != null && finding.isLike(found);
    simpler.attempted(choices, same, performance.rehearsed().steps());
  }

  private void tell(Performance performance) {
    Finding finding = Finding.of(performance, ideal.get(), sameResults);
    Finding shown = finding == null && found != null ? found : finding;
    if (shown == null) {
      return;
    }
    String diagram = shown.performance().rehearsed().diagram();
    String report =
        shown.report("The workflow does not come out the same whatever happens: seed " + seed + ".")
            + (diagram.isEmpty() ? "" : "\nAs a diagram:\n```mermaid\n" + diagram + "```\n")
            + again();
    Fail.fail(report, shown.performance().failure());
  }

  private String again() {
    return "\nTo see it again: @Simulate(from = "
        + seed
        + ", seeds = 1), or -D"
        + Simulate.FROM
        + "="
        + seed
        + " -D"
        + Simulate.SEEDS
        + "=1";
  }
}
