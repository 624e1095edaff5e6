package io.flowcraft.coord.redis.internal;

import io.flowcraft.spi.Completion;
import io.flowcraft.spi.CompletionAnswer;
import io.flowcraft.spi.CompletionAnswer.ResolvedJoin;
import io.flowcraft.spi.CompletionAnswer.TakenEdge;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.redisson.api.RScript.ReturnType;

/**
 * Asks for the edges of joins that were too large to be told of in one answer: part by part, so
 * that nobody else has to wait for long. The edges stay where they are until the run is forgotten,
 * so whoever asks again is told the same.
 */
final class LargeJoins {

  /** As many arrivals as {@code arrivals.lua} is asked for at a time. */
  private static final int PART = 1_000;

  private final Scripts scripts;
  private final Keys keys;

  LargeJoins(Scripts scripts, Keys keys) {
    this.scripts = scripts;
    this.keys = keys;
  }

  /**
   * An answer that lacks the edges of a large join.
   *
   * @param index the place of the join among the resolved ones
   * @param size how many edges have arrived at it
   */
  record Untold(int index, int size) {}

  /** The whole answer; that of an unknown run if it was lost in between. */
  CompletionStage<CompletionAnswer> tell(
      Completion completion, CompletionAnswer answer, List<Untold> untold) {
    CompletionStage<CompletionAnswer> told = CompletableFuture.completedStage(answer);
    for (Untold join : untold) {
      told =
          told.thenCompose(
              before ->
                  before.verdict() == CompletionAnswer.Verdict.UNKNOWN
                      ? CompletableFuture.completedStage(before)
                      : tell(completion, before, join));
    }
    return told;
  }

  private CompletionStage<CompletionAnswer> tell(
      Completion completion, CompletionAnswer answer, Untold join) {
    String target = answer.resolved().get(join.index()).target();
    CompletionStage<Boolean> known = CompletableFuture.completedStage(true);
    List<TakenEdge> taken = new ArrayList<>(join.size());
    List<String> missed = new ArrayList<>();
    for (int from = 1; from <= join.size(); from += PART) {
      int first = from;
      int last = Math.min(join.size(), from + PART - 1);
      known =
          known.thenCompose(
              before ->
                  before
                      ? part(completion, target, first, last)
                          .thenApply(part -> sort(part, taken, missed))
                      : CompletableFuture.completedStage(false));
    }
    return known.thenApply(
        all -> all ? with(answer, join.index(), taken, missed) : CompletionAnswer.UNKNOWN_RUN);
  }

  private CompletionStage<List<Object>> part(
      Completion completion, String target, int first, int last) {
    return scripts.run(
        Script.ARRIVALS,
        ReturnType.LIST,
        "complete",
        List.of(keys.run(completion.runId())),
        Long.toString(completion.epoch()),
        target,
        Integer.toString(first),
        Integer.toString(last));
  }

  private static boolean sort(List<Object> part, List<TakenEdge> taken, List<String> missed) {
    for (Iterator<Object> parts = part.iterator(); parts.hasNext(); ) {
      boolean isTaken = parts.next().equals("T");
      String edge = (String) parts.next();
      String source = (String) parts.next();
      if (isTaken) {
        taken.add(new TakenEdge(edge, source));
      } else {
        missed.add(source);
      }
    }
    return !part.isEmpty();
  }

  private static CompletionAnswer with(
      CompletionAnswer answer, int index, List<TakenEdge> taken, List<String> missed) {
    List<ResolvedJoin> joins = new ArrayList<>(answer.resolved());
    ResolvedJoin join = joins.get(index);
    joins.set(
        index,
        new ResolvedJoin(
            join.target(),
            join.state(),
            Collections.unmodifiableList(taken),
            Collections.unmodifiableList(missed)));
    return new CompletionAnswer(
        answer.verdict(),
        answer.sequence(),
        Collections.unmodifiableList(joins),
        answer.open(),
        answer.parked(),
        answer.failed());
  }
}
