package io.flowcraft.testkit.golden;

import io.flowcraft.analysis.BlueprintAnalysis;
import io.flowcraft.analysis.Mermaid;
import io.flowcraft.analysis.RunTrace;
import io.flowcraft.blueprint.Blueprint;
import io.flowcraft.blueprint.EdgeDefinition;
import io.flowcraft.expression.ExpressionEvaluator;
import io.flowcraft.expression.PropertyEvaluator;
import io.flowcraft.json.BlueprintJson;
import io.flowcraft.json.BlueprintSanitizer;
import io.flowcraft.json.JsonSerializer;
import io.flowcraft.spi.Evaluator;
import io.flowcraft.spi.Scope;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The pure functions that there are tables of. */
final class PureFunctions {

  private static final JsonSerializer SERIALIZER = new JsonSerializer();

  private PureFunctions() {}

  /** What a function makes of a row. */
  static @Nullable Object call(
      String function, Map<String, @Nullable Object> row, Map<String, @Nullable Object> context) {
    return switch (function) {
      case "property-evaluator" -> evaluate(new PropertyEvaluator(), row, context);
      case "expression-evaluator" -> evaluate(new ExpressionEvaluator(), row, context);
      case "json-serializer" ->
          "serialize".equals(row.get("op"))
              ? SERIALIZER.serialize(row.get("data"))
              : SERIALIZER.deserialize(Tree.text(row, "text"));
      case "sanitize-blueprint" -> BlueprintSanitizer.sanitize(Tree.map(row.get("raw")));
      case "analyze-blueprint" -> analysis(row);
      case "lint-blueprint" -> LintTable.lint(row);
      case "generate-mermaid" -> Mermaid.of(blueprint(row));
      case "generate-mermaid-for-run" -> Mermaid.ofRun(blueprint(row), trace(row));
      case "flow-builder" -> BlueprintJson.toMap(BuilderProgram.run(Tree.map(row.get("program"))));
      default -> throw new IllegalArgumentException("no function named " + function);
    };
  }

  /** What a row expects of a function. */
  static @Nullable Object expected(String function, Map<String, @Nullable Object> row) {
    return function.equals("flow-builder")
        ? BlueprintJson.toMap(BlueprintJson.read(Tree.map(row.get("blueprint"))))
        : row.get("expected");
  }

  private static Blueprint blueprint(Map<String, @Nullable Object> row) {
    return BlueprintJson.read(Tree.map(row.get("blueprint")));
  }

  private static Map<String, @Nullable Object> analysis(Map<String, @Nullable Object> row) {
    BlueprintAnalysis analysis = BlueprintAnalysis.of(blueprint(row));
    Map<String, @Nullable Object> result = new LinkedHashMap<>();
    result.put("cycles", analysis.cycles());
    result.put("startNodeIds", analysis.startNodeIds());
    result.put("terminalNodeIds", analysis.terminalNodeIds());
    result.put("nodeCount", analysis.nodeCount());
    result.put("edgeCount", analysis.edgeCount());
    result.put("isDag", analysis.cycles().isEmpty());
    return result;
  }

  /** The events of a row as a trace. They name an edge by its ends. */
  private static RunTrace trace(Map<String, @Nullable Object> row) {
    Set<String> completed = new HashSet<>();
    Set<String> failed = new HashSet<>();
    Set<EdgeDefinition> taken = new HashSet<>();
    for (Object element : Tree.list(row.get("events"))) {
      Map<String, @Nullable Object> event = Tree.map(element);
      Map<String, @Nullable Object> payload = Tree.map(event.get("payload"));
      switch (Tree.text(event, "type")) {
        case "node:finish" -> completed.add(Tree.text(payload, "nodeId"));
        case "node:error" -> failed.add(Tree.text(payload, "nodeId"));
        case "edge:evaluate" -> taken.addAll(takenEdges(blueprint(row), payload));
        default -> {}
      }
    }
    return new RunTrace(completed, failed, taken);
  }

  private static List<EdgeDefinition> takenEdges(
      Blueprint blueprint, Map<String, @Nullable Object> payload) {
    return blueprint.edges().stream()
        .filter(edge -> Boolean.TRUE.equals(payload.get("result")))
        .filter(edge -> edge.source().equals(payload.get("source")))
        .filter(edge -> edge.target().equals(payload.get("target")))
        .toList();
  }

  private static @Nullable Object evaluate(
      Evaluator evaluator,
      Map<String, @Nullable Object> row,
      Map<String, @Nullable Object> tableContext) {
    Map<String, @Nullable Object> names =
        row.containsKey("context") ? Tree.map(row.get("context")) : tableContext;
    return evaluator.evaluate(
        Tree.text(row, "expression"),
        new Scope() {
          @Override
          public @Nullable Object get(String name) {
            return names.get(name);
          }

          @Override
          public boolean has(String name) {
            return names.containsKey(name);
          }
        });
  }
}
