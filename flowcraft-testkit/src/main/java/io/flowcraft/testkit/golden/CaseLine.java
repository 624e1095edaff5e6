package io.flowcraft.testkit.golden;

import io.flowcraft.blueprint.Blueprint;
import io.flowcraft.blueprint.BuiltIns;
import io.flowcraft.expression.ExpressionEvaluator;
import io.flowcraft.flow.Flow;
import io.flowcraft.json.BlueprintJson;
import io.flowcraft.json.JsonSerializer;
import io.flowcraft.node.NodeRegistry;
import io.flowcraft.run.NodeStatus;
import io.flowcraft.run.Resume;
import io.flowcraft.run.RunOptions;
import io.flowcraft.run.RunStatus;
import io.flowcraft.runtime.FlowRuntime;
import io.flowcraft.runtime.RuntimeBuilder;
import io.flowcraft.runtime.Validation;
import io.flowcraft.spi.TimeSource;
import io.flowcraft.testkit.simulation.RunView;
import io.flowcraft.testkit.simulation.Workload;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Steps of a case that follow each other on one run: a start, and the answers to what waits.
 *
 * @param golden the case
 * @param steps the numbers of its steps
 */
record CaseLine(GoldenCase golden, List<Integer> steps) {

  private static final String AWAITING = "awaiting";

  private static final NodeRegistry REGISTRY = StandardNodes.registry(FleetBench.INSTANCE);

  /** The lines of a case: each ends where no other step goes on. */
  static List<CaseLine> of(GoldenCase golden) {
    Map<Integer, List<Integer>> lines = new LinkedHashMap<>();
    Set<Integer> inside = new HashSet<>();
    for (int i = 0; i < golden.steps().size(); i++) {
      GoldenStep step = golden.steps().get(i);
      List<Integer> line = new ArrayList<>();
      if (step.resume()) {
        int from = step.from() >= 0 ? step.from() : i - 1;
        inside.add(from);
        line.addAll(lines.getOrDefault(from, List.of()));
      }
      line.add(i);
      lines.put(i, line);
    }
    return lines.entrySet().stream()
        .filter(line -> !inside.contains(line.getKey()))
        .map(line -> new CaseLine(golden, List.copyOf(line.getValue())))
        .toList();
  }

  /** The name of the case, and of the step that ends the line if it is not the only one. */
  String name() {
    int last = steps.get(steps.size() - 1);
    return golden.name() + (last == 0 ? "" : "#" + last);
  }

  /** Why the line can't be simulated; null if it can. */
  @Nullable String whyNot() {
    if (steps.stream().anyMatch(step -> expected(step).thrown() != null)) {
      return "a call fails, so there is no run";
    }
    if (golden.options().strict() && uses("subflow")) {
      return "its child has a cycle and is refused";
    }
    if (nodes().anyMatch(this::lacksWorker)) {
      return "an implementation is missing: a fleet waits for a process that has it";
    }
    if (golden.options().preAborted() || uses("cancel")) {
      return "it is cancelled at a moment that the schedule decides";
    }
    List<String> answered = answers().stream().map(Answer::nodeId).toList();
    if (Set.copyOf(answered).size() < answered.size()) {
      return "a node is answered twice";
    }
    if (answered.stream().anyMatch(this::sleeps)) {
      return "a sleep is cut short";
    }
    if (isLeftWaiting() && awaiting(last()).stream().anyMatch(this::sleeps)) {
      return "it is left while it sleeps";
    }
    return null;
  }

  /**
   * The line as a workload.
   *
   * @param folder where the case was read from
   * @param ordered whether its outputs do not depend on the order of its nodes
   */
  Workload workload(Path folder, boolean ordered) {
    Workload.Builder workload =
        Workload.named(name())
            .arguments("--golden " + folder + " --workload " + name())
            .flow(flow())
            .input(input())
            .options(options())
            .setup(this::setUp);
    for (Answer answer : answers()) {
      workload.answer(answer.nodeId, answer.resume);
    }
    if (isLeftWaiting()) {
      List<String> waiting = awaiting(last());
      workload.action(
          "cancel",
          run -> isWaiting(run, waiting),
          (runtime, runId) -> runtime.cancel(runId, "nobody answers any more"));
    }
    if (!ordered) {
      workload.expect(run -> run.status().isFinal());
    }
    return workload.build();
  }

  private static boolean isWaiting(RunView run, List<String> nodeIds) {
    return run.status() == RunStatus.AWAITING
        && nodeIds.stream().allMatch(nodeId -> run.node(nodeId) == NodeStatus.AWAITING);
  }

  /** Makes the workflow, and what it needs, known to a runtime. */
  RuntimeBuilder configure(RuntimeBuilder builder) {
    setUp(builder);
    return builder.flow(flow()).dependency(TimeSource.class, new FleetTime());
  }

  /** Starts a run of it. */
  void start(FlowRuntime runtime, String runId) {
    runtime.start(golden.main(), input(), options().withRunId(runId));
  }

  /** Whether its outputs do not depend on which of two nodes comes first. */
  boolean isOrdered() {
    return !Races.in(golden) && GoldenWorkloads.isOrdered(workload(Path.of(""), true));
  }

  private RunOptions options() {
    return RunOptions.DEFAULT
        .withConcurrency(golden.options().concurrency())
        .withAcyclic(golden.options().strict());
  }

  /** What somebody says to a node that waits. */
  record Answer(String nodeId, Resume resume) {}

  /** The answers, in their order. */
  List<Answer> answers() {
    List<Answer> answers = new ArrayList<>();
    for (int i = 1; i < steps.size(); i++) {
      GoldenStep step = golden.steps().get(steps.get(i));
      List<String> waiting = awaiting(expected(steps.get(i - 1)));
      String nodeId = step.nodeId() == null && !waiting.isEmpty() ? waiting.get(0) : step.nodeId();
      answers.add(new Answer(String.valueOf(nodeId), step.answer()));
    }
    return answers;
  }

  private StepOutcome expected(int step) {
    return golden.expected().get(step).outcome();
  }

  private StepOutcome last() {
    return expected(steps.get(steps.size() - 1));
  }

  private boolean isLeftWaiting() {
    return AWAITING.equals(last().status());
  }

  private static List<String> awaiting(StepOutcome outcome) {
    return Tree.texts(outcome.context().get("_awaitingNodeIds"));
  }

  private boolean sleeps(String nodeId) {
    return nodes()
        .anyMatch(node -> nodeId.equals(node.get("id")) && "sleep".equals(node.get("uses")));
  }

  private boolean uses(String implementation) {
    return nodes().anyMatch(node -> implementation.equals(node.get("uses")));
  }

  private boolean lacksWorker(Map<String, @Nullable Object> node) {
    return Tree.map(node.get("params")).get("workerUsesKey") instanceof String worker
        && REGISTRY.find(worker).isEmpty()
        && !BuiltIns.isSubflow(worker);
  }

  private Stream<Map<String, @Nullable Object>> nodes() {
    return golden.blueprints().values().stream()
        .flatMap(blueprint -> Tree.list(blueprint.get("nodes")).stream())
        .map(Tree::map);
  }

  /** Blueprints go by the key that they are called by. */
  private Flow flow() {
    List<Flow> others = new ArrayList<>();
    golden
        .blueprints()
        .forEach(
            (key, raw) -> {
              if (!key.equals(golden.main())) {
                others.add(new Flow(blueprint(key, raw), REGISTRY, List.of()));
              }
            });
    return new Flow(blueprint(golden.main(), golden.mainBlueprint()), REGISTRY, others);
  }

  private static Blueprint blueprint(String key, Map<String, @Nullable Object> raw) {
    Map<String, @Nullable Object> named = new LinkedHashMap<>(raw);
    named.put("id", key);
    return BlueprintJson.read(named);
  }

  private Map<String, @Nullable Object> input() {
    String text = golden.initialContextText();
    return text == null
        ? golden.initialContext()
        : Tree.map(new JsonSerializer().deserialize(text));
  }

  private void setUp(RuntimeBuilder builder) {
    builder.validation(Validation.COMPATIBLE);
    GoldenOptions options = golden.options();
    options
        .middleware()
        .forEach(name -> builder.middleware(StandardMiddlewares.named(name, FleetBench.INSTANCE)));
    if (options.expressions()) {
      builder.evaluator(new ExpressionEvaluator());
    }
    if (options.webhooks()) {
      builder.webhooks(Engine.WEBHOOKS);
    }
  }
}
