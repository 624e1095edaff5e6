package io.flowcraft.runtime;

import static io.flowcraft.runtime.Codes.assertCode;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flowcraft.blueprint.NodeDefinition;
import io.flowcraft.error.ErrorCode;
import io.flowcraft.flow.Flow;
import io.flowcraft.json.Limits;
import io.flowcraft.node.NodeContext;
import io.flowcraft.node.NodeFunction;
import io.flowcraft.node.NodeResult;
import io.flowcraft.run.Resume;
import io.flowcraft.run.RunError;
import io.flowcraft.run.RunOptions;
import io.flowcraft.run.RunResult;
import io.flowcraft.run.RunStatus;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every limit lets through what is at it and stops what is one above. */
class LimitsTest {

  private static final int LENGTH = 100;
  private static final int DEPTH = 4;
  private static final int ITERATIONS = 7;
  private static final int FAN_OUT = 5;
  private static final int LEVELS = 3;

  private final Tally tally = new Tally();
  private final Lab lab =
      new Lab(
          builder ->
              builder
                  .register("work", tally.node())
                  .limits(
                      new RuntimeLimits(new Limits(LENGTH, DEPTH), ITERATIONS, FAN_OUT, LEVELS)));

  @AfterEach
  void close() {
    lab.close();
  }

  private static RunError onlyError(RunResult result) {
    assertThat(result.status()).isEqualTo(RunStatus.FAILED);
    assertThat(result.errors()).hasSize(1);
    return result.errors().get(0);
  }

  /** A text that has a length as JSON. */
  private static String text(int length) {
    return "x".repeat(length - 2);
  }

  private static Object nested(int levels) {
    Object value = 1;
    for (int i = 0; i < levels; i++) {
      value = i % 2 == 0 ? List.of(value) : Map.of("k", value);
    }
    return value;
  }

  static Stream<Arguments> values() {
    return Stream.of(
        Arguments.of(text(LENGTH), text(LENGTH + 1), ErrorCode.PAYLOAD_TOO_LARGE, "100"),
        Arguments.of(nested(DEPTH), nested(DEPTH + 1), ErrorCode.PAYLOAD_TOO_DEEP, "4"));
  }

  @ParameterizedTest(name = "{2}")
  @MethodSource("values")
  void outputs(Object most, Object tooMuch, ErrorCode code, String limit) {
    assertThat(lab.run(single(c -> NodeResult.output(most))).outputs()).containsEntry("a", most);

    RunError error = onlyError(lab.run(single(c -> NodeResult.output(tooMuch))));
    assertThat(error.code()).isEqualTo(code);
    assertThat(error.message()).contains(limit, "'a'");
  }

  @ParameterizedTest(name = "{2}")
  @MethodSource("values")
  void contextValues(Object most, Object tooMuch, ErrorCode code, String limit) {
    assertThat(lab.run(single(c -> setting(c, most))).context()).containsEntry("k", most);

    RunError error = onlyError(lab.run(single(c -> setting(c, tooMuch))));
    assertThat(error.code()).isEqualTo(code);
    assertThat(error.message()).contains(limit, "'k'");
  }

  @ParameterizedTest(name = "{2}")
  @MethodSource("values")
  void initialValues(Object most, Object tooMuch, ErrorCode code, String limit) {
    Flow flow = single(c -> NodeResult.output(c.context().get("k")));

    assertThat(lab.run(flow, Map.of("k", most)).outputs()).containsEntry("a", most);
    assertThat(
            assertCode(code, () -> lab.start(flow, Map.of("k", tooMuch), RunOptions.DEFAULT))
                .getMessage())
        .contains(limit, "'k'");
  }

  @ParameterizedTest(name = "{2}")
  @MethodSource("values")
  void answers(Object most, Object tooMuch, ErrorCode code, String limit) {
    lab.launch(Flow.named("flow").wait("w").build(), "r");

    assertThat(
            assertCode(code, () -> lab.runtime.resume("r", "w", Resume.with(tooMuch))).getMessage())
        .contains(limit, "'w'");
    assertThat(lab.runtime.handle("r").snapshot().status()).isEqualTo(RunStatus.AWAITING);
    assertThat(lab.resume("r", "w", Resume.with(most)).outputs()).containsEntry("w", most);
  }

  private static Flow single(NodeFunction node) {
    return Flow.named("flow").node("a", node).build();
  }

  private static NodeResult setting(NodeContext context, Object value) {
    context.context().set("k", value);
    return NodeResult.none();
  }

  private Flow looping(int iterations) {
    return Flow.named("looping")
        .node(
            "body",
            c -> {
              int count = tally.note("body");
              c.context().set("more", count < iterations);
              return NodeResult.none();
            })
        .loop("loop", "more", l -> l.start("body").end("body"))
        .node("end", tally.node())
        .edge("loop", "end")
        .build();
  }

  @Test
  void iterations() {
    assertThat(lab.run(looping(ITERATIONS)).status()).isEqualTo(RunStatus.COMPLETED);
    assertThat(tally.count("body")).isEqualTo(ITERATIONS);

    tally.clear();
    RunError error = onlyError(lab.run(looping(ITERATIONS + 1)));
    assertThat(error.code()).isEqualTo(ErrorCode.ITERATION_LIMIT);
    assertThat(error.message()).contains("'body'", "7 iterations", "raise the limit");
    assertThat(tally.count("body")).isEqualTo(ITERATIONS);
    assertThat(tally.count("end")).isZero();
  }

  private static Flow adding(int count) {
    List<NodeDefinition> added = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      added.add(NodeDefinition.of("x" + i, "work"));
    }
    return single(c -> NodeResult.none().withDynamicNodes(added));
  }

  @Test
  void addedNodes() {
    assertThat(lab.run(adding(FAN_OUT)).status()).isEqualTo(RunStatus.COMPLETED);
    assertThat(tally.ran()).hasSize(FAN_OUT);

    tally.clear();
    RunError error = onlyError(lab.run(adding(FAN_OUT + 1)));
    assertThat(error.code()).isEqualTo(ErrorCode.FAN_OUT_LIMIT);
    assertThat(error.message()).contains("'a'", "6 nodes", "at most 5", "raise the limit");
    assertThat(tally.ran()).isEmpty();
  }

  private Flow batch(int count) {
    return Flow.named("batch" + count)
        .node("list", c -> NodeResult.output(new ArrayList<>(Collections.nCopies(count, 1))))
        .batch("each", tally.node(), spec -> {})
        .edge("list", "each")
        .build();
  }

  @Test
  void elementsOfABatch() {
    RuntimeLimits limits = new RuntimeLimits(Limits.DEFAULT, ITERATIONS, FAN_OUT, LEVELS);
    try (Lab roomy = new Lab(builder -> builder.limits(limits))) {
      assertThat(roomy.run(batch(FAN_OUT)).status()).isEqualTo(RunStatus.COMPLETED);
      assertThat(tally.ran()).hasSize(FAN_OUT);

      tally.clear();
      RunError error = onlyError(roomy.run(batch(FAN_OUT + 1)));
      assertThat(error.code()).isEqualTo(ErrorCode.FAN_OUT_LIMIT);
      assertThat(error.message()).contains("'each_scatter'", "6 nodes", "at most 5");
      assertThat(tally.ran()).isEmpty();
    }
  }

  /** A flow with so many levels of flows in it. */
  private Flow nest(int levels) {
    Flow flow = Flow.named("level0").node("innermost", tally.node()).build();
    for (int i = 1; i <= levels; i++) {
      flow = Flow.named("level" + i).subflow("s" + i, flow).build();
    }
    return flow;
  }

  @Test
  void levelsOfSubflows() {
    assertThat(lab.run(nest(LEVELS)).status()).isEqualTo(RunStatus.COMPLETED);
    assertThat(tally.ran()).containsExactly("innermost");

    tally.clear();
    RunError error = onlyError(lab.run(nest(LEVELS + 1)));
    assertThat(error.code()).isEqualTo(ErrorCode.SUBFLOW_FAILED);
    assertThat(error.causes()).anyMatch(cause -> cause.contains("deeper than 3 levels"));
    assertThat(tally.ran()).isEmpty();
  }

  @Test
  void aFlowThatContainsItselfComesToAnEnd() {
    RunResult result =
        lab.run(Flow.named("self").node("first", tally.node()).subflow("again", "self").build());

    assertThat(onlyError(result).toString()).contains("deeper than 3 levels");
    assertThat(tally.count("first")).isEqualTo(LEVELS + 1);
  }

  @Test
  void aLimitIsAtLeastOne() {
    Limits values = Limits.DEFAULT;
    assertThat(new RuntimeLimits(values, 1, 1, 1).maxDepth()).isOne();
    assertThatThrownBy(() -> new RuntimeLimits(values, 0, 2, 3))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("0 iterations")
        .hasMessageContaining("at least 1");
    assertThatThrownBy(() -> new RuntimeLimits(values, 1, 0, 3))
        .hasMessageContaining("0 added nodes");
    assertThatThrownBy(() -> new RuntimeLimits(values, 1, 2, 0)).hasMessageContaining("0 levels");
  }
}
