package io.flowcraft.coord.redis.internal;

import io.flowcraft.spi.Arrival;
import io.flowcraft.spi.Completion;
import io.flowcraft.spi.CompletionAnswer;
import io.flowcraft.spi.CompletionAnswer.ResolvedJoin;
import io.flowcraft.spi.CompletionAnswer.TakenEdge;
import io.flowcraft.spi.CompletionAnswer.Verdict;
import io.flowcraft.spi.EdgeState;
import io.flowcraft.spi.JoinSpec;
import io.flowcraft.spi.RunProgress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;

/** What the scripts on runs are asked and answer. */
final class Answers {

  private static final int BEFORE_ARRIVALS = 5;
  private static final int PER_ARRIVAL = 3;
  private static final int UNKNOWN = 0;
  private static final int WON = 1;

  /** Nearly all edges. */
  private static final String TAKEN_SINGLE = "T";

  private Answers() {}

  /** The arguments of {@code complete.lua}. */
  static Object[] arguments(Completion completion, String timeToLive) {
    List<Arrival> arrivals = completion.arrivals();
    Object[] arguments = new Object[BEFORE_ARRIVALS + PER_ARRIVAL * arrivals.size()];
    arguments[0] = Long.toString(completion.epoch());
    arguments[1] = completion.instance();
    arguments[2] = completion.token();
    arguments[3] = completion.failed() ? "1" : "0";
    arguments[4] = timeToLive;
    int at = BEFORE_ARRIVALS;
    for (Arrival arrival : arrivals) {
      arguments[at++] = arrival.target();
      arguments[at++] = arrival.edge();
      boolean usual = arrival.state() == EdgeState.TAKEN && arrival.join().equals(JoinSpec.SINGLE);
      arguments[at++] = usual ? TAKEN_SINGLE : spec(arrival.state(), arrival.join());
    }
    return arguments;
  }

  private static String spec(EdgeState state, JoinSpec join) {
    return Letters.of(state)
        + Letters.of(join.rule().kind())
        + join.expected()
        + ":"
        + join.rule().count();
  }

  /**
   * The answer of {@code complete.lua}.
   *
   * @param untold gets the joins whose edges have to be asked for
   */
  static CompletionAnswer completion(List<Object> answer, List<LargeJoins.Untold> untold) {
    Iterator<Object> parts = answer.iterator();
    int verdict = number(parts);
    if (verdict == UNKNOWN) {
      return CompletionAnswer.UNKNOWN_RUN;
    }
    long sequence = (Long) parts.next();
    int open = number(parts);
    int parked = number(parts);
    int failed = number(parts);
    return new CompletionAnswer(
        verdict == WON ? Verdict.WON : Verdict.LOST,
        sequence,
        joins(parts, untold),
        open,
        parked,
        failed);
  }

  private static List<ResolvedJoin> joins(Iterator<Object> parts, List<LargeJoins.Untold> untold) {
    if (!parts.hasNext()) {
      return List.of();
    }
    List<ResolvedJoin> joins = new ArrayList<>();
    while (parts.hasNext()) {
      String target = (String) parts.next();
      JoinSpec.State state = Letters.state((String) parts.next());
      int edges = number(parts);
      if (edges < 0) {
        untold.add(new LargeJoins.Untold(joins.size(), -edges));
        joins.add(new ResolvedJoin(target, state, List.of()));
        continue;
      }
      List<TakenEdge> taken = new ArrayList<>();
      for (int left = edges; left > 0; left--) {
        String edge = (String) parts.next();
        taken.add(new TakenEdge(edge, (String) parts.next()));
      }
      List<String> missed = new ArrayList<>();
      for (int left = number(parts); left > 0; left--) {
        missed.add((String) parts.next());
      }
      joins.add(
          new ResolvedJoin(
              target,
              state,
              Collections.unmodifiableList(taken),
              Collections.unmodifiableList(missed)));
    }
    return Collections.unmodifiableList(joins);
  }

  static RunProgress progress(List<Object> answer) {
    Iterator<Object> parts = answer.iterator();
    if (number(parts) == UNKNOWN) {
      return RunProgress.UNKNOWN;
    }
    long sequence = (Long) parts.next();
    int open = number(parts);
    int parked = number(parts);
    int failed = number(parts);
    return new RunProgress(true, sequence, open, parked, failed, number(parts) == 1);
  }

  private static int number(Iterator<Object> parts) {
    return Math.toIntExact((Long) parts.next());
  }
}
