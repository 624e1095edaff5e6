package io.flowcraft.testkit.golden;

import io.flowcraft.error.FlowcraftException;
import io.flowcraft.json.JsonSerializer;
import io.flowcraft.memory.InMemoryContextStore;
import io.flowcraft.run.RunHandle;
import io.flowcraft.run.RunOptions;
import io.flowcraft.run.RunResult;
import io.flowcraft.spi.ContextStore;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A line of steps on one context store. Each step gets a new runtime that knows nothing of what the
 * steps before left in queues and coordination.
 */
final class Session {

  private static final String TARGETS = "_targetNode";

  private final GoldenCase golden;
  private final StepBench bench;
  private final ContextStore store = new InMemoryContextStore();
  private final EventTranslator translator;
  private final BatchNames batchNames;
  private @Nullable Engine shared;
  private String runId = "";
  private int runs;

  Session(GoldenCase golden, StepBench bench) {
    this.golden = golden;
    this.bench = bench;
    this.translator = new EventTranslator(golden);
    this.batchNames = new BatchNames(golden);
  }

  /** Takes a step. */
  StepOutcome perform(GoldenStep step) {
    Engine engine = engine();
    bench.beginStep(() -> engine.runtime().cancel(runId, "cancelled by a node"));
    translator.beginStep(step.resume());
    try {
      RunHandle handle = step.resume() ? resume(engine, step) : start(engine);
      engine.drain();
      return batchNames.rename(outcome(handle.snapshot()));
    } catch (FlowcraftException e) {
      return batchNames.rename(thrown(e));
    }
  }

  private Engine engine() {
    if (!golden.options().sharedBlueprint()) {
      return new Engine(golden, bench, store, translator);
    }
    if (shared == null) {
      shared = new Engine(golden, bench, store, translator);
    }
    return shared;
  }

  private RunHandle start(Engine engine) {
    Map<String, @Nullable Object> context = new LinkedHashMap<>(initialContext());
    List<String> targets = targets(context);
    context.remove(TARGETS);
    runId = "run-" + runs;
    runs++;
    GoldenOptions options = golden.options();
    RunOptions runOptions =
        RunOptions.runId(runId)
            .withConcurrency(bench.schedule() == Schedule.BARRIER ? 0 : options.concurrency())
            .withAcyclic(options.strict())
            .withTargets(targets);
    RunHandle handle = engine.runtime().start(golden.main(), context, runOptions);
    if (options.preAborted()) {
      engine.runtime().cancel(runId, "cancelled before the start");
    }
    return handle;
  }

  private Map<String, @Nullable Object> initialContext() {
    String text = golden.initialContextText();
    return text == null
        ? golden.initialContext()
        : Tree.map(new JsonSerializer().deserialize(text));
  }

  private static List<String> targets(Map<String, @Nullable Object> context) {
    Object targets = context.get(TARGETS);
    return targets instanceof String target ? List.of(target) : Tree.texts(targets);
  }

  private RunHandle resume(Engine engine, GoldenStep step) {
    return engine.runtime().resume(runId, step.nodeId(), step.answer());
  }

  private StepOutcome outcome(RunResult result) {
    translator.endStep(result.errors());
    return new StepOutcome(
        EventTranslator.status(result.status()),
        result.context(),
        List.copyOf(result.errors().stream().map(EventTranslator::runError).toList()),
        null,
        translator.events(),
        bench.maxInFlight(),
        bench.middlewareLog());
  }

  private StepOutcome thrown(FlowcraftException error) {
    Map<String, @Nullable Object> thrown = new LinkedHashMap<>();
    thrown.put("message", error.detail());
    thrown.put("isFatal", error.isFatal());
    return new StepOutcome(
        null,
        Map.of(),
        List.of(),
        thrown,
        translator.events(),
        bench.maxInFlight(),
        bench.middlewareLog());
  }
}
