package io.flowcraft.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowcraft.error.ErrorCode;
import io.flowcraft.expression.PropertyEvaluator;
import io.flowcraft.flow.Flow;
import io.flowcraft.node.NodeResult;
import io.flowcraft.run.RunError;
import io.flowcraft.run.RunResult;
import io.flowcraft.run.RunStatus;
import io.flowcraft.spi.Evaluator;
import io.flowcraft.spi.Scope;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Another language for conditions, transforms and loops. */
class EvaluatorTest {

  private final Tally tally = new Tally();
  private final List<String> asked = new ArrayList<>();
  private final Lab lab = new Lab(builder -> builder.evaluator(this::evaluate));

  @AfterEach
  void close() {
    lab.close();
  }

  /** A language of verbs, and the paths that loops are built with. */
  private @Nullable Object evaluate(String expression, Scope scope) {
    asked.add(expression);
    if (expression.startsWith("context[")) {
      return new PropertyEvaluator().evaluate(expression, scope);
    }
    String[] words = expression.split(" ", -1);
    return switch (words[0]) {
      case "IS" -> scope.has(words[1]) && Boolean.TRUE.equals(scope.get(words[1]));
      case "LESS" -> ((Number) scope.get(words[1])).intValue() < Integer.parseInt(words[2]);
      case "TAKE" -> ((Map<?, ?>) scope.get("input")).get(words[1]);
      case "RESULT" -> ((Map<?, ?>) scope.get("result")).get(words[1]);
      case "CONTEXT" -> ((Map<?, ?>) scope.get("context")).get(words[1]);
      case "NOTHING" -> null;
      case "THREAD" -> new Thread("no data");
      case "OVERFLOW" -> throw new StackOverflowError("too deep");
      default -> throw new IllegalArgumentException("no such verb: " + words[0]);
    };
  }

  private Flow single(String condition, @Nullable String transform) {
    return Flow.named("flow")
        .node("a", c -> NodeResult.output(Map.of("x", 7)).withAction("act"))
        .node("b", tally.echo())
        .edge("a", "b", edge -> edge.when(condition).transform(transform))
        .build();
  }

  @Test
  void conditionsAreAskedOfIt() {
    assertThat(lab.run(single("IS yes", "TAKE x"), Map.of("yes", true)).outputs())
        .containsEntry("b", 7);
    assertThat(lab.run(single("IS yes", "TAKE x"), Map.of("yes", false)).outputs())
        .doesNotContainKey("b");
    assertThat(asked).containsExactly("IS yes", "TAKE x", "IS yes");
  }

  @Test
  void aConditionSeesTheResult() {
    assertThat(lab.run(single("RESULT action", "TAKE x")).outputs()).containsEntry("b", 7);
    assertThat(lab.run(single("RESULT other", "TAKE x")).outputs()).doesNotContainKey("b");
  }

  @Test
  void aTransformSeesInputAndContext() {
    assertThat(lab.run(single("RESULT action", "CONTEXT given"), Map.of("given", "g")).outputs())
        .containsEntry("b", "g");
    RunResult nothing = lab.run(single("RESULT action", "NOTHING"));
    assertThat(nothing.status()).isEqualTo(RunStatus.COMPLETED);
    assertThat(nothing.outputs()).doesNotContainKey("b");
    assertThat(tally.count("b")).isEqualTo(2);
  }

  @Test
  void loopsAreDecidedByIt() {
    RunResult result =
        lab.run(
            Flow.named("flow")
                .node(
                    "body",
                    c -> {
                      c.context().set("n", tally.note("body"));
                      return NodeResult.none();
                    })
                .loop("loop", "LESS n 4", l -> l.start("body").end("body"))
                .node("end", tally.returns("done"))
                .edge("loop", "end", edge -> edge.transform("CONTEXT n"))
                .build());

    assertThat(result.status()).isEqualTo(RunStatus.COMPLETED);
    assertThat(tally.count("body")).isEqualTo(4);
    assertThat(asked).filteredOn("LESS n 4"::equals).hasSize(4);
    assertThat(asked).filteredOn("context[\"body\"]"::equals).hasSize(3);
    assertThat(asked).endsWith("CONTEXT n");
  }

  private RunError failure(String condition, String transform) {
    RunResult result = lab.run(single(condition, transform));
    assertThat(result.status()).isEqualTo(RunStatus.FAILED);
    assertThat(result.errors()).hasSize(1);
    assertThat(result.errors().get(0).nodeId()).isEqualTo("a");
    assertThat(tally.ran()).isEmpty();
    return result.errors().get(0);
  }

  @Test
  void anExceptionFailsTheNodeWhoseEdgesAreDecided() {
    RunError error = failure("WHAT", "TAKE x");

    assertThat(error.code()).isEqualTo(ErrorCode.NODE_FAILED);
    assertThat(error.causes()).containsExactly("no such verb: WHAT");
    assertThat(failure("RESULT action", "WHAT").causes()).containsExactly("no such verb: WHAT");
  }

  @Test
  void soDoesAnErrorInsteadOfBeingTriedForEver() {
    assertThat(failure("OVERFLOW", "TAKE x").type()).isEqualTo("java.lang.StackOverflowError");
  }

  @Test
  void aTransformMustBeData() {
    assertThat(failure("RESULT action", "THREAD").code()).isEqualTo(ErrorCode.VALUE_UNSERIALIZABLE);
  }

  @Test
  void aLoopWhoseConditionFailsEnds() {
    RunResult result =
        lab.run(
            Flow.named("flow")
                .node("body", tally.node())
                .loop("loop", "WHAT", l -> l.start("body").end("body"))
                .node("end", tally.node())
                .edge("loop", "end")
                .build());

    assertThat(result.status()).isEqualTo(RunStatus.FAILED);
    assertThat(result.errors())
        .singleElement()
        .satisfies(e -> assertThat(e.nodeId()).isEqualTo("loop"));
    assertThat(tally.ran()).containsExactly("body");
  }

  @Test
  void byDefaultOnlyPathsAreUnderstood() {
    Evaluator usual = new PropertyEvaluator();
    try (Lab other = new Lab(builder -> builder.evaluator(usual))) {
      assertThat(other.run(single("result.output.x", "input.x")).outputs()).containsEntry("b", 7);
    }
    assertThat(asked).isEmpty();
  }
}
