package io.flowcraft.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.flowcraft.blueprint.Blueprint;
import io.flowcraft.blueprint.InputMapping;
import io.flowcraft.blueprint.NodeConfig;
import io.flowcraft.blueprint.NodeDefinition;
import io.flowcraft.error.FlowcraftException;
import io.flowcraft.json.BlueprintJson;
import io.flowcraft.json.JsonSerializer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Runs the recorded programs of the npm library's builder. Three rows differ on purpose: {@code
 * duplicate-ids} is refused (Q31), the edge of {@code batch-to-batch} is rewired once (Q61), and
 * {@code loop-two-exits} keeps the transform that its author wrote and says where the flow begins.
 */
class FlowBuilderTableTest {

  private static final Map<String, UnaryOperator<String>> BETTER =
      Map.of(
          "batch-to-batch",
          text ->
              text.replace(
                  "{\"source\":\"p_gather\",\"target\":\"q\"},"
                      + "{\"source\":\"p\",\"target\":\"q_scatter\"}",
                  "{\"source\":\"p_gather\",\"target\":\"q_scatter\"}"),
          "loop-two-exits",
          text ->
              text.replace(
                      "\"condition\":\"halt\",\"transform\":\"context[\\\"b\\\"]\"",
                      "\"condition\":\"halt\",\"transform\":\"input.gone\"")
                  .replace(
                      "\"id\":\"l2\",",
                      "\"id\":\"l2\",\"metadata\":{\"cycleEntryPoints\":[\"a\"]},"));

  private final JsonSerializer json = new JsonSerializer();

  @TestFactory
  Stream<DynamicTest> buildsWhatTheNpmLibraryBuilds() {
    return rows()
        .filter(row -> !row.get("name").equals("duplicate-ids"))
        .map(row -> DynamicTest.dynamicTest((String) row.get("name"), () -> check(row)));
  }

  @Test
  void refusesDuplicateIds() {
    Map<String, Object> row =
        rows().filter(r -> r.get("name").equals("duplicate-ids")).findFirst().orElseThrow();

    assertThatExceptionOfType(FlowcraftException.class)
        .isThrownBy(() -> program(row).build())
        .withMessageContaining("The id 'a' is used 2 times");
  }

  private void check(Map<String, Object> row) {
    FlowBuilder builder = program(row);
    if (row.containsKey("thrown")) {
      assertThatExceptionOfType(FlowcraftException.class)
          .isThrownBy(builder::build)
          .withMessageContaining((String) row.get("thrown"));
      return;
    }
    String recorded = json.serialize(row.get("blueprint"));
    String expected =
        BETTER.getOrDefault((String) row.get("name"), UnaryOperator.identity()).apply(recorded);

    assertThat(builder.build().blueprint()).isEqualTo(BlueprintJson.read(expected));
    Blueprint again = builder.build().blueprint();
    assertThat(BlueprintJson.read(BlueprintJson.write(again))).isEqualTo(again);
  }

  @SuppressWarnings("unchecked") // the form of the table
  private Stream<Map<String, Object>> rows() {
    try (InputStream file = getClass().getResourceAsStream("/golden/pure/flow-builder.json")) {
      String text = new String(file.readAllBytes(), StandardCharsets.UTF_8);
      Map<String, Object> table = (Map<String, Object>) json.deserialize(text);
      List<Map<String, Object>> entries =
          (List<Map<String, Object>>) Objects.requireNonNull(table).get("entries");
      assertThat(entries).hasSizeGreaterThan(15);
      return entries.stream();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @SuppressWarnings("unchecked") // the form of the table
  private static FlowBuilder program(Map<String, Object> row) {
    Map<String, Object> program = (Map<String, Object>) row.get("program");
    FlowBuilder builder = Flow.named((String) program.get("id"));
    ((List<List<Object>>) program.get("calls")).forEach(call -> call(builder, call));
    return builder;
  }

  @SuppressWarnings("unchecked") // the form of the table
  private static void call(FlowBuilder builder, List<Object> call) {
    String id = (String) call.get(1);
    Object last = call.get(call.size() - 1);
    Map<String, Object> options =
        last instanceof Map<?, ?> map ? (Map<String, Object>) map : Map.of();
    switch ((String) call.get(0)) {
      case "node" -> builder.node(id, (String) call.get(2), spec -> apply(options, spec));
      case "wait" -> builder.wait(id, spec -> apply(options, spec));
      case "edge" -> builder.edge(id, (String) call.get(2), spec -> apply(options, spec));
      case "batch" -> builder.batch(id, (String) call.get(2), spec -> apply(options, spec));
      case "loop" ->
          builder.loop(
              id,
              (String) options.get("condition"),
              l ->
                  l.start((String) options.get("startNodeId"))
                      .end((String) options.get("endNodeId")));
      default -> throw new AssertionError("Unknown call " + call);
    }
  }

  private static void apply(Map<String, Object> options, NodeSpec spec) {
    Map<String, Object> raw = new LinkedHashMap<>(options);
    raw.put("id", "x");
    raw.put("uses", "x");
    NodeDefinition node = BlueprintJson.readNode(raw);
    NodeConfig config = node.config();
    spec.params(node.params()).retry(config.retry());
    if (node.inputs() instanceof InputMapping.Single single) {
      spec.input(single.source());
    } else if (node.inputs() instanceof InputMapping.Keyed keyed) {
      spec.inputs(keyed.sources());
    }
    if (config.fallback() != null) {
      spec.fallback(config.fallback());
    }
    if (config.join() != null) {
      spec.join(config.join());
    }
  }

  private static void apply(Map<String, Object> options, EdgeSpec spec) {
    if (options.get("action") instanceof String action) {
      spec.on(action);
    }
    if (options.get("condition") instanceof String condition) {
      spec.when(condition);
    }
    if (options.get("transform") instanceof String transform) {
      spec.transform(transform);
    }
  }

  private static void apply(Map<String, Object> options, BatchSpec spec) {
    spec.input((String) options.get("inputKey"));
    if (options.get("outputKey") instanceof String key) {
      spec.outputKey(key);
    }
    if (options.get("chunkSize") instanceof Integer size) {
      spec.chunkSize(size);
    }
  }
}
