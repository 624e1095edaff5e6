package io.flowcraft.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowcraft.blueprint.Retry;
import io.flowcraft.error.ErrorCode;
import io.flowcraft.flow.Flow;
import io.flowcraft.node.Node;
import io.flowcraft.node.NodeContext;
import io.flowcraft.node.NodeResult;
import io.flowcraft.run.RunError;
import io.flowcraft.run.RunResult;
import io.flowcraft.run.RunStatus;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The three ways to write a node, and what a node sees. */
class NodeKindsTest {

  record Address(String city, int zip) {}

  record Person(String name, LocalDate born, Address home, List<String> tags) {}

  private final Tally tally = new Tally();
  private final List<String> phases = new ArrayList<>();
  private final Lab lab = new Lab();

  @AfterEach
  void close() {
    lab.close();
  }

  @Test
  void recordsGoInAndOut() {
    Person ada =
        new Person("Ada", LocalDate.of(1815, 12, 10), new Address("London", 1), List.of("x"));
    Flow flow =
        Flow.named("flow")
            .node("a", c -> NodeResult.output(ada))
            .node(
                "b",
                c -> {
                  Person person = c.input(Person.class);
                  return NodeResult.output(person.home());
                })
            .edge("a", "b")
            .build();

    RunResult result = lab.run(flow);

    assertThat(result.output("a", Person.class)).contains(ada);
    assertThat(result.output("b", Address.class)).contains(new Address("London", 1));
    assertThat(result.outputs()).containsEntry("b", Map.of("city", "London", "zip", 1));
    assertThat(result.output("ghost", Person.class)).isEmpty();
  }

  @Test
  void whatDoesNotConvertFailsTheNode() {
    Flow flow =
        Flow.named("flow")
            .node("a", c -> NodeResult.output("text"))
            .node("b", c -> NodeResult.output(c.input(Address.class)))
            .node("none", c -> NodeResult.output(c.input(Integer.class)))
            .edge("a", "b")
            .build();

    RunResult result = lab.run(flow);

    assertThat(result.errors())
        .hasSize(2)
        .extracting(RunError::code)
        .containsOnly(ErrorCode.VALUE_TYPE);
  }

  @Test
  void outputsThatAreNoDataFailTheNode() {
    Flow flow =
        Flow.named("flow")
            .node("a", c -> NodeResult.output(new Object()))
            .node("b", c -> NodeResult.output(Map.of("thread", Thread.currentThread())))
            .node(
                "c",
                c -> {
                  c.context().set("key", new Object());
                  return null;
                })
            .build();

    RunResult result = lab.run(flow);

    assertThat(result.status()).isEqualTo(RunStatus.FAILED);
    assertThat(result.errors())
        .extracting(RunError::nodeId, RunError::code)
        .containsExactlyInAnyOrder(
            org.assertj.core.groups.Tuple.tuple("a", ErrorCode.VALUE_UNSERIALIZABLE),
            org.assertj.core.groups.Tuple.tuple("b", ErrorCode.VALUE_UNSERIALIZABLE),
            org.assertj.core.groups.Tuple.tuple("c", ErrorCode.VALUE_UNSERIALIZABLE));
  }

  @Test
  void whatANodeReturnsDoesNotChangeAfterwards() {
    List<Object> list = new ArrayList<>(List.of(1));
    Flow flow =
        Flow.named("flow")
            .node("a", c -> NodeResult.output(list))
            .node(
                "b",
                c -> {
                  list.add(2);
                  return NodeResult.output(c.input());
                })
            .edge("a", "b")
            .build();

    assertThat(lab.run(flow).outputs()).containsEntry("b", List.of(1));
  }

  @Test
  void parametersAreTyped() {
    Flow flow =
        Flow.named("flow")
            .node(
                "a",
                c -> NodeResult.output(c.params(Address.class).zip() + c.params().size()),
                node -> node.param("city", "Paris").param("zip", 75))
            .build();

    assertThat(lab.run(flow).outputs()).containsEntry("a", 77);
  }

  @Test
  void implementationsAreFoundByTheirKey() {
    Flow flow =
        Flow.named("flow")
            .node("a", "greet", node -> node.param("name", "Ada"))
            .node("b", "greet", node -> node.param("name", "Bob"))
            .build();
    try (Lab known =
        new Lab(
            builder ->
                builder.register(
                    "greet", c -> NodeResult.output("hello " + c.params().get("name"))))) {
      assertThat(known.run(flow).outputs())
          .containsEntry("a", "hello Ada")
          .containsEntry("b", "hello Bob");
    }
  }

  interface Greeter {
    String greet();
  }

  @Test
  void dependenciesAreFoundByType() {
    Flow flow =
        Flow.named("flow")
            .node("a", c -> NodeResult.output(c.dependency(Greeter.class).greet()))
            .build();
    try (Lab known = new Lab(b -> b.dependency(Greeter.class, () -> "hi"))) {
      assertThat(known.run(flow).outputs()).containsEntry("a", "hi");
    }

    assertThat(lab.run(flow).errors())
        .singleElement()
        .satisfies(
            error -> {
              assertThat(error.code()).isEqualTo(ErrorCode.DEPENDENCY_MISSING);
              assertThat(error.message()).contains("'a'").contains("Greeter");
            });
  }

  @Test
  void nodesKnowWhoTheyAre() {
    Flow flow =
        Flow.named("who")
            .node(
                "a",
                c ->
                    NodeResult.output(
                        List.of(
                            c.runId(), c.blueprintId(), c.nodeId(), c.iteration(), c.attempt())))
            .build();

    assertThat(lab.settled(lab.launch(flow, "r")).outputs())
        .containsEntry("a", List.of("r", "who", "a", "", 1));
  }

  @Test
  void theIdempotencyKeyIsTheSameOverRetriesAndDiffersBetweenIterations() {
    Flow flow =
        Flow.named("keys")
            .node(
                "body",
                c -> {
                  int n = tally.note(c.idempotencyKey());
                  if (n == 1) {
                    throw new IllegalStateException("once");
                  }
                  c.context().set("more", !c.iteration().endsWith("#1"));
                  return null;
                },
                node -> node.retry(Retry.fixed(Duration.ZERO)))
            .loop("loop", "more", l -> l.start("body").end("body"))
            .node("end", tally.node())
            .edge("loop", "end")
            .build();

    lab.settled(lab.launch(flow, "r"));

    List<String> keys = tally.ran().subList(0, 4);
    assertThat(keys.get(0)).startsWith("r/").isEqualTo(keys.get(1)).isNotEqualTo(keys.get(2));
    assertThat(keys.get(2)).isEqualTo(keys.get(3));
  }

  /** Writes down its phases. */
  private final class Phases implements Node<String> {
    private final int failures;
    private final boolean mends;

    Phases(int failures, boolean mends) {
      this.failures = failures;
      this.mends = mends;
    }

    @Override
    public String prep(NodeContext context) {
      phases.add("prep");
      return "prepared";
    }

    @Override
    public NodeResult exec(String prepared, NodeContext context) {
      phases.add("exec " + context.attempt() + " " + prepared);
      if (context.attempt() <= failures) {
        throw new IllegalStateException("attempt " + context.attempt());
      }
      return NodeResult.output("done");
    }

    @Override
    public NodeResult fallback(Exception error, NodeContext context) throws Exception {
      phases.add("fallback " + error.getMessage());
      if (!mends) {
        throw error;
      }
      return NodeResult.output("mended");
    }

    @Override
    public NodeResult post(NodeResult result, NodeContext context) {
      phases.add("post " + result.output());
      return result.withAction("go");
    }

    @Override
    public void recover(Exception error, NodeContext context) {
      phases.add("recover " + error.getMessage());
      throw new IllegalStateException("what recover throws changes nothing");
    }
  }

  private RunResult runPhases(int failures, boolean mends) {
    return lab.run(
        Flow.named("phases" + failures + mends)
            .node("n", new Phases(failures, mends), s -> s.retry(Retry.fixed(Duration.ZERO)))
            .node("next", tally.echo())
            .edge("n", "next", edge -> edge.on("go"))
            .build());
  }

  @Test
  void aLifeCycleNodeWalksThroughItsPhases() {
    RunResult result = runPhases(0, false);

    assertThat(result.outputs()).containsEntry("next", "done");
    assertThat(phases).containsExactly("prep", "exec 1 prepared", "post done");
  }

  @Test
  void onlyItsExecIsRetried() {
    runPhases(2, false);

    assertThat(phases)
        .containsExactly(
            "prep", "exec 1 prepared", "exec 2 prepared", "exec 3 prepared", "post done");
  }

  @Test
  void itsFallbackStandsInAfterTheLastAttempt() {
    RunResult result = runPhases(3, true);

    assertThat(result.outputs()).containsEntry("next", "mended");
    assertThat(phases).endsWith("exec 3 prepared", "fallback attempt 3", "post mended");
  }

  @Test
  void itRecoversWhenItFails() {
    RunResult result = runPhases(3, false);

    assertThat(result.status()).isEqualTo(RunStatus.FAILED);
    assertThat(result.errors().get(0).causes()).containsExactly("attempt 3");
    assertThat(phases).endsWith("fallback attempt 3", "recover attempt 3");
  }

  @Test
  void asynchronousNodesDeliverLater() {
    CompletableFuture<NodeResult> later = new CompletableFuture<>();
    Flow flow =
        Flow.named("flow")
            .nodeAsync("a", c -> later)
            .nodeAsync("b", c -> CompletableFuture.completedFuture(null))
            .node("c", tally.echo())
            .edge("a", "c")
            .build();
    var handle = lab.launch(flow, "r");
    assertThat(handle.settled().toCompletableFuture()).isNotDone();

    later.complete(NodeResult.output(new Address("Rome", 2)));

    assertThat(lab.settled(handle).outputs())
        .containsEntry("c", Map.of("city", "Rome", "zip", 2))
        .doesNotContainKey("b");
  }

  @Test
  void asynchronousNodesFailInTwoWays() {
    Flow flow =
        Flow.named("flow")
            .nodeAsync(
                "throws",
                c -> {
                  throw new IllegalStateException("at once");
                })
            .nodeAsync(
                "fails",
                c -> CompletableFuture.failedFuture(new IllegalStateException("as promised")))
            .nodeAsync("nothing", c -> null)
            .build();

    RunResult result = lab.run(flow);

    assertThat(result.errors())
        .hasSize(3)
        .extracting(RunError::nodeId)
        .containsExactlyInAnyOrder("throws", "fails", "nothing");
    assertThat(result.errors().toString()).contains("at once").contains("as promised");
  }

  @Test
  void errorsOfEveryKindFailTheNodeAndNothingElse() {
    Flow flow =
        Flow.named("flow")
            .node(
                "a",
                c -> {
                  throw new AssertionError("an error");
                })
            .node(
                "b",
                c -> {
                  throw new StackOverflowError();
                })
            .node("c", tally.node())
            .build();

    RunResult result = lab.run(flow);

    assertThat(result.status()).isEqualTo(RunStatus.FAILED);
    assertThat(result.errors()).hasSize(2);
    assertThat(result.outputs()).containsOnlyKeys("c");
  }
}
