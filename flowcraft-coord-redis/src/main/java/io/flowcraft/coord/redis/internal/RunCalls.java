package io.flowcraft.coord.redis.internal;

import io.flowcraft.error.ErrorCode;
import io.flowcraft.error.FlowcraftException;
import io.flowcraft.spi.Completion;
import io.flowcraft.spi.CompletionAnswer;
import io.flowcraft.spi.RunProgress;
import io.flowcraft.spi.RunState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.redisson.api.RScript.ReturnType;

/** The calls about runs: one script each, but for the opening of a large state. */
public final class RunCalls {

  /** A state whose opening was given up leaves nothing behind for long. */
  private static final String STAGED_MILLIS = "600000";

  private static final long INCOMPLETE = -1;

  private final Scripts scripts;
  private final LargeJoins largeJoins;
  private final Keys keys;
  private final CallIds ids;
  private final String timeToLive;

  /**
   * Calls.
   *
   * @param timeToLive how long a run is known after the last call about it
   */
  public RunCalls(Scripts scripts, Keys keys, CallIds ids, Duration timeToLive) {
    this.scripts = scripts;
    this.largeJoins = new LargeJoins(scripts, keys);
    this.keys = keys;
    this.ids = ids;
    this.timeToLive = ValueCalls.millis(timeToLive);
  }

  /** See the store. */
  public CompletionStage<CompletionAnswer> complete(Completion completion) {
    CompletionStage<List<Object>> answer =
        scripts.run(
            Script.COMPLETE,
            ReturnType.LIST,
            "complete",
            List.of(keys.run(completion.runId())),
            Answers.arguments(completion, timeToLive));
    return answer.thenCompose(
        told -> {
          List<LargeJoins.Untold> untold = new ArrayList<>(0);
          CompletionAnswer complete = Answers.completion(told, untold);
          return untold.isEmpty()
              ? CompletableFuture.completedStage(complete)
              : largeJoins.tell(completion, complete, untold);
        });
  }

  /** See the store. */
  public CompletionStage<RunProgress> park(String runId, long epoch, String instance) {
    return move("park", runId, epoch, instance, "O", "P");
  }

  /** See the store. */
  public CompletionStage<RunProgress> unpark(String runId, long epoch, String instance) {
    return move("unpark", runId, epoch, instance, "P", "O");
  }

  private CompletionStage<RunProgress> move(
      String what, String runId, long epoch, String instance, String from, String to) {
    CompletionStage<List<Object>> answer =
        scripts.run(
            Script.PARK,
            ReturnType.LIST,
            what,
            List.of(keys.run(runId)),
            Long.toString(epoch),
            instance,
            from,
            to,
            timeToLive);
    return answer.thenApply(Answers::progress);
  }

  /** See the store. */
  public CompletionStage<Void> forget(String runId) {
    CompletionStage<Long> gone =
        scripts.run(
            Script.FORGET,
            ReturnType.LONG,
            "forget",
            List.of(keys.run(runId)),
            keys.forgotten(),
            runId);
    return gone.thenAccept(number -> {});
  }

  /**
   * See the store. A state that does not fit into one call is first put together beside the run,
   * and then takes its place at once.
   */
  public CompletionStage<RunProgress> open(RunState state) {
    StateRecords records = new StateRecords(state);
    if (records.parts().size() == 1) {
      return open(state, records, List.of(keys.run(state.runId())), 0, records.parts().get(0));
    }
    String staged = keys.staged(state.runId(), ids.next());
    CompletionStage<Long> parts = CompletableFuture.completedStage(1L);
    for (List<Object> part : records.parts()) {
      parts = parts.thenCompose(before -> stage(staged, part));
    }
    List<Object> both = List.of(keys.run(state.runId()), staged);
    return parts.thenCompose(done -> open(state, records, both, records.fields(), List.of()));
  }

  private CompletionStage<Long> stage(String key, List<Object> part) {
    List<Object> arguments = new ArrayList<>(part.size() + 1);
    arguments.add(STAGED_MILLIS);
    arguments.addAll(part);
    return scripts.run(Script.STAGE, ReturnType.LONG, "open", List.of(key), arguments.toArray());
  }

  private CompletionStage<RunProgress> open(
      RunState state, StateRecords records, List<Object> at, int staged, List<Object> rest) {
    List<Object> arguments = new ArrayList<>(rest.size() + 7);
    arguments.add(Long.toString(state.epoch()));
    arguments.add(Long.toString(state.sequence()));
    arguments.add(Integer.toString(records.open()));
    arguments.add(Integer.toString(records.parked()));
    arguments.add(Integer.toString(state.failed()));
    arguments.add(timeToLive);
    arguments.add(Integer.toString(staged));
    arguments.addAll(rest);
    CompletionStage<List<Object>> answer =
        scripts.run(Script.OPEN, ReturnType.LIST, "open", at, arguments.toArray());
    return answer.thenApply(
        told -> {
          if (told.get(0).equals(INCOMPLETE)) {
            throw new FlowcraftException(
                ErrorCode.BACKEND,
                "Redis has lost a part of the state that run "
                    + state.runId()
                    + " was to be opened with; open it again.");
          }
          return Answers.progress(told);
        });
  }
}
