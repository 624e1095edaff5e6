package io.flowcraft.runtime;

import static io.flowcraft.runtime.Codes.assertCode;
import static org.assertj.core.api.Assertions.assertThat;

import io.flowcraft.blueprint.Blueprint;
import io.flowcraft.blueprint.EdgeDefinition;
import io.flowcraft.blueprint.NodeDefinition;
import io.flowcraft.error.ErrorCode;
import io.flowcraft.error.FlowcraftException;
import io.flowcraft.flow.Flow;
import io.flowcraft.json.BlueprintJson;
import io.flowcraft.json.Limits;
import io.flowcraft.memory.InMemoryJobQueue;
import io.flowcraft.node.NodeRegistry;
import io.flowcraft.node.NodeResult;
import io.flowcraft.run.RunHandle;
import io.flowcraft.run.RunOptions;
import io.flowcraft.run.RunResult;
import io.flowcraft.run.RunStatus;
import io.flowcraft.spi.Delivery;
import io.flowcraft.spi.Job;
import io.flowcraft.spi.JobQueue;
import io.flowcraft.spi.JobQueueProvider;
import io.flowcraft.spi.ProviderContext;
import io.flowcraft.spi.RunQuery;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What can't be run is refused, with a reason, and leaves no trace. */
class BadInputTest {

  private static final RuntimeLimits SMALL = new RuntimeLimits(new Limits(100, 5), 10, 10, 3);

  private final Tally tally = new Tally();
  private final List<Job> jobs = new ArrayList<>();
  private final Lab lab =
      new Lab(
          builder ->
              builder.register("work", tally.node()).limits(SMALL).jobQueue(new Counting(jobs)));

  /** Remembers what was ever enqueued. */
  private record Counting(List<Job> jobs) implements JobQueueProvider {
    @Override
    public String name() {
      return "counting";
    }

    @Override
    public JobQueue create(ProviderContext context) {
      JobQueue queue = new InMemoryJobQueue(context.executor());
      return new JobQueue() {
        @Override
        public CompletionStage<Void> enqueue(List<Job> added) {
          jobs.addAll(added);
          return queue.enqueue(added);
        }

        @Override
        public Subscription consume(Consumer<Delivery> handler, int maxInFlight) {
          return queue.consume(handler, maxInFlight);
        }

        @Override
        public void close() {
          queue.close();
        }
      };
    }
  }

  @AfterEach
  void close() {
    lab.close();
  }

  private FlowcraftException refused(ErrorCode code, Runnable start) {
    FlowcraftException error = assertCode(code, start);
    lab.drain();
    assertThat(runs()).isEmpty();
    assertThat(jobs).isEmpty();
    assertThat(tally.ran()).isEmpty();
    assertThat(lab.events).isEmpty();
    assertThat(lab.time.timers()).isZero();
    return error;
  }

  private List<String> runs() {
    return lab.runtime.list(new RunQuery(Set.of(), null, null, 100)).runs().stream()
        .map(run -> run.runId())
        .toList();
  }

  private void start(Blueprint blueprint, Map<String, ? extends @Nullable Object> input) {
    lab.start(Flow.of(blueprint, NodeRegistry.empty()), input, RunOptions.runId("r"));
  }

  private static Arguments row(String json, String... partsOfMessage) {
    return Arguments.of(json.replace('\'', '"'), List.of(partsOfMessage));
  }

  static Stream<Arguments> malformed() {
    return Stream.of(
        row("", "blueprint"),
        row("{", "blueprint"),
        row("[]", "list", "expected"),
        row("{'nodes':[],'edges':[]}", "id"),
        row("{'id':7,'nodes':[],'edges':[]}", "id", "text"),
        row("{'id':'b','nodes':7,'edges':[]}", "nodes"),
        row("{'id':'b','nodes':[{'id':'a'}],'edges':[]}", "uses"),
        row("{'id':'b','nodes':[{'uses':'work'}],'edges':[]}", "id"),
        row("{'id':'b','nodes':[],'edges':[{'source':'a'}]}", "target"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("malformed")
  void textThatIsNoBlueprint(String json, List<String> partsOfMessage) {
    assertThat(
            refused(ErrorCode.BLUEPRINT_MALFORMED, () -> start(BlueprintJson.read(json), Map.of()))
                .getMessage())
        .contains(partsOfMessage);
  }

  /** Nodes that can't be run, with what is said of them. */
  static Stream<Arguments> invalid() {
    return Stream.of(
        row("{'id':'a','uses':'nobody'}", "MISSING_NODE_IMPLEMENTATION", "nobody", "Register"),
        row("{'id':'x','uses':'work'}", "DUPLICATE_NODE_ID", "\"x\"", "an id of its own"),
        row("{'id':'a','uses':'sleep'}", "INVALID_PARAMS", "duration", "nothing", "Correct"),
        row("{'id':'a','uses':'sleep','params':{'duration':'soon'}}", "\"soon\"", "duration"),
        row("{'id':'a','uses':'sleep','params':{'duration':-1}}", "\"-1\"", "duration"),
        row("{'id':'a','uses':'sleep','params':{'duration':[5]}}", "a list", "duration"),
        row("{'id':'a','uses':'wait','params':{'timeout':true}}", "\"true\"", "timeout"),
        row("{'id':'a','uses':'subflow'}", "INVALID_PARAMS", "blueprintId", "a text"),
        row("{'id':'a','uses':'subflow','params':{'blueprintId':7}}", "\"7\"", "blueprintId"),
        row(
            "{'id':'a','uses':'subflow','params':{'blueprintId':'none'}}",
            "INVALID_SUBFLOW_BLUEPRINT_ID",
            "none",
            "Register the blueprint"),
        row(
            "{'id':'a','uses':'subflow','params':{'blueprintId':'bad','inputs':7}}",
            "INVALID_PARAMS",
            "inputs",
            "a map of texts"),
        row("{'id':'a','uses':'batch-scatter'}", "workerUsesKey", "gatherNodeId"),
        row(
            "{'id':'a','uses':'batch-scatter',"
                + "'params':{'workerUsesKey':'nobody','gatherNodeId':'x','chunkSize':0}}",
            "INVALID_BATCH_WORKER_KEY",
            "nobody",
            "gatherNodeId",
            "chunkSize"),
        row("{'id':'a','uses':'batch-gather','params':{'outputKey':1}}", "outputKey"),
        row("{'id':'a','uses':'loop-controller'}", "condition", "LOOP_WITHOUT_CONTINUE"),
        row(
            "{'id':'a','uses':'work','config':{'fallback':'none'}}",
            "MISSING_FALLBACK_NODE",
            "none"),
        row("{'id':'a','uses':'work','config':{'fallback':'a'}}", "FALLBACK_TO_SELF"),
        row(
            "{'id':'a','uses':'work','config':{'joinStrategy':'atLeast:3'}}",
            "JOIN_NEVER_SATISFIED",
            "\"a\""));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("invalid")
  void aNodeThatCanNotBeRun(String node, List<String> partsOfMessage) {
    String json =
        "{'id':'b','nodes':[{'id':'x','uses':'work'},%s],'edges':[{'source':'x','target':'a'}]}"
            .replace('\'', '"')
            .formatted(node);
    if (!json.contains("\"id\":\"a\"")) {
      json = json.replace("\"target\":\"a\"", "\"target\":\"x\"");
    }
    String text = json;

    assertThat(
            refused(ErrorCode.BLUEPRINT_INVALID, () -> start(BlueprintJson.read(text), Map.of()))
                .getMessage())
        .contains("'b'")
        .contains(partsOfMessage);
  }

  @Test
  void edgesWithoutEnds() {
    Blueprint blueprint =
        new Blueprint(
            "b",
            List.of(NodeDefinition.of("a", "work")),
            List.of(EdgeDefinition.of("a", "nowhere"), EdgeDefinition.of("nobody", "a")));

    assertThat(refused(ErrorCode.BLUEPRINT_INVALID, () -> start(blueprint, Map.of())).getMessage())
        .contains("INVALID_EDGE_TARGET", "nowhere", "INVALID_EDGE_SOURCE", "nobody", "Correct");
  }

  @Test
  void aBlueprintWithinABlueprintIsLookedAtAsWell() {
    Flow innermost =
        Flow.of(
            new Blueprint("innermost", List.of(NodeDefinition.of("x", "nobody")), List.of()),
            NodeRegistry.empty());
    Flow inner = Flow.named("inner").subflow("s", innermost).build();
    Flow outer =
        Flow.named("outer")
            .node("first", tally.node())
            .subflow("s", inner)
            .edge("first", "s")
            .build();

    assertThat(
            refused(
                    ErrorCode.BLUEPRINT_INVALID,
                    () -> lab.start(outer, Map.of(), RunOptions.DEFAULT))
                .getMessage())
        .contains("'innermost'", "nobody");
  }

  @Test
  void parametersThatAreNoData() {
    Blueprint blueprint =
        new Blueprint(
            "b",
            List.of(new NodeDefinition("a", "work", Map.of("p", new Thread("no data")))),
            List.of());

    assertThat(
            refused(ErrorCode.VALUE_UNSERIALIZABLE, () -> start(blueprint, Map.of())).getMessage())
        .contains("java.lang.Thread");
  }

  private static Object nested(int levels) {
    Object value = 1;
    for (int i = 0; i < levels; i++) {
      value = List.of(value);
    }
    return value;
  }

  static Stream<Arguments> inputs() {
    return Stream.of(
        Arguments.of(
            "x".repeat(99), ErrorCode.PAYLOAD_TOO_LARGE, List.of("'k'", "100", "raise the limit")),
        Arguments.of(nested(6), ErrorCode.PAYLOAD_TOO_DEEP, List.of("'k'", "5", "Flatten")),
        Arguments.of(
            new Thread("no data"),
            ErrorCode.VALUE_UNSERIALIZABLE,
            List.of("'k'", "java.lang.Thread")),
        Arguments.of(
            List.of(Map.of("deep", new Thread("no data"))),
            ErrorCode.VALUE_UNSERIALIZABLE,
            List.of("'k'", "java.lang.Thread")));
  }

  @ParameterizedTest(name = "{1}")
  @MethodSource("inputs")
  void inputThatIsNoData(Object value, ErrorCode code, List<String> partsOfMessage) {
    Flow flow = Flow.named("flow").node("a", tally.node()).build();

    assertThat(
            refused(code, () -> lab.start(flow, Map.of("k", value), RunOptions.DEFAULT))
                .getMessage())
        .contains(partsOfMessage);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"_outputs.a", "_awaiting", "_awaitingNodeIds", "_subflowState.s", "_batch.x"})
  void keysOfTheEngine(String key) {
    Flow flow = Flow.named("flow").node("a", tally.node()).build();

    assertThat(
            refused(
                    ErrorCode.INPUT_MALFORMED,
                    () -> lab.start(flow, Map.of(key, 1), RunOptions.DEFAULT))
                .getMessage())
        .contains("'" + key + "'", "Choose a key");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", " r", "r ", "a/b", "a\nb", "a\u0000", "LONG"})
  void idsThatNoRunCanHave(String id) {
    String runId = id.equals("LONG") ? "x".repeat(201) : id;
    Flow flow = Flow.named("flow").node("a", tally.node()).build();

    assertThat(
            refused(
                    ErrorCode.RUN_ID_INVALID,
                    () -> lab.start(flow, Map.of(), RunOptions.runId(runId)))
                .getMessage())
        .contains(id.equals("LONG") ? "201 characters" : "'" + id + "'")
        .contains("1 to 200 characters", "Choose another");
  }

  @ParameterizedTest
  @ValueSource(strings = {"r", "a b", "order#17:x_y~z!", "\u00e4\u20ac", "LONG"})
  void idsThatARunCanHave(String id) {
    String runId = id.equals("LONG") ? "x".repeat(200) : id;
    Flow flow = Flow.named("flow").node("a", tally.node()).build();

    assertThat(lab.run(flow, Map.of(), RunOptions.runId(runId)).runId()).isEqualTo(runId);
  }

  @Test
  void aBlueprintThatNobodyKnows() {
    assertThat(
            refused(
                    ErrorCode.BLUEPRINT_UNKNOWN,
                    () -> lab.runtime.start("none", Map.of(), RunOptions.DEFAULT))
                .getMessage())
        .contains("\"none\"", "known:", "RuntimeBuilder.flow");
  }

  @Test
  void targetsThatAreNoNodes() {
    Flow flow = Flow.named("flow").node("a", tally.node()).build();

    assertThat(
            refused(
                    ErrorCode.BLUEPRINT_INVALID,
                    () ->
                        lab.start(
                            flow, Map.of(), RunOptions.DEFAULT.withTargets(List.of("a", "z"))))
                .getMessage())
        .contains("'flow'", "'z'", "Name nodes that it has");
  }

  private Flow once() {
    return Flow.named("flow").node("a", tally.node()).wait("w").build();
  }

  @Test
  void aRunOfOneIdHasOneInput() {
    Map<String, Object> input = Map.of("n", 1, "list", List.of(1, 2.5), "big", 1L << 40);
    lab.run(once(), input, RunOptions.runId("r"));

    RunHandle again = lab.start(once(), input, RunOptions.runId("r"));
    assertThat(lab.settled(again).status()).isEqualTo(RunStatus.AWAITING);
    assertThat(tally.count("a")).isOne();

    for (Map<String, Object> other :
        List.<Map<String, Object>>of(
            Map.of(), Map.of("n", 1), Map.of("n", 2, "list", List.of(1, 2.5), "big", 1L << 40))) {
      assertThat(
              assertCode(
                      ErrorCode.RUN_CONFLICT, () -> lab.start(once(), other, RunOptions.runId("r")))
                  .getMessage())
          .contains("'r'", "another input", "another id");
    }
    lab.drain();
    assertThat(runs()).containsExactly("r");
    assertThat(tally.count("a")).isOne();
  }

  @Test
  void anotherProcessSeesTheConflictToo() {
    lab.run(once(), Map.of("n", 1), RunOptions.runId("r"));

    try (Lab other =
        lab.successor(builder -> builder.flow(once()).random(new SplittableRandom(8)))) {
      assertCode(
          ErrorCode.RUN_CONFLICT, () -> other.start(once(), Map.of("n", 2), RunOptions.runId("r")));
      RunHandle same = other.start(once(), Map.of("n", 1), RunOptions.runId("r"));
      assertThat(other.settled(same).status()).isEqualTo(RunStatus.AWAITING);
    }
  }

  @Test
  void aRunOfOneIdHasOneDefinition() {
    lab.run(once(), Map.of(), RunOptions.runId("r"));
    Flow changed = Flow.named("flow").node("a", tally.node()).wait("w2").build();

    assertThat(
            assertCode(
                    ErrorCode.RUN_CONFLICT,
                    () -> lab.start(changed, Map.of(), RunOptions.runId("r")))
                .getMessage())
        .contains("'r'", "another definition", "'flow'", "another id");
    assertThat(tally.count("a")).isOne();
  }

  static Stream<Arguments> outputs() {
    return Stream.of(
        Arguments.of(new Thread("no data"), ErrorCode.VALUE_UNSERIALIZABLE),
        Arguments.of("x".repeat(99), ErrorCode.PAYLOAD_TOO_LARGE),
        Arguments.of(nested(6), ErrorCode.PAYLOAD_TOO_DEEP));
  }

  @ParameterizedTest(name = "{1}")
  @MethodSource("outputs")
  void anOutputThatIsNoDataFailsItsNodeAndIsNotStored(Object output, ErrorCode code) {
    Flow flow =
        Flow.named("flow")
            .node("a", c -> NodeResult.output(output))
            .node("b", tally.node())
            .edge("a", "b")
            .build();

    RunResult result = lab.run(flow);

    assertThat(result.status()).isEqualTo(RunStatus.FAILED);
    assertThat(result.errors())
        .singleElement()
        .satisfies(
            error -> {
              assertThat(error.code()).isEqualTo(code);
              assertThat(error.nodeId()).isEqualTo("a");
              assertThat(error.message()).contains("'a'");
            });
    assertThat(result.outputs()).isEmpty();
    assertThat(tally.ran()).isEmpty();
  }

  @ParameterizedTest(name = "{1}")
  @MethodSource("outputs")
  void soDoesAContextValue(Object value, ErrorCode code) {
    Flow flow =
        Flow.named("flow")
            .node(
                "a",
                c -> {
                  c.context().set("bad", value);
                  return NodeResult.output(1);
                })
            .build();

    RunResult result = lab.run(flow);

    assertThat(result.errors())
        .singleElement()
        .satisfies(
            error -> {
              assertThat(error.code()).isEqualTo(code);
              assertThat(error.message()).contains("'bad'");
            });
    assertThat(result.context()).doesNotContainKeys("bad", "a");
  }
}
