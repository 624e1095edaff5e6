package io.flowcraft.testkit.golden;

import io.flowcraft.expression.ExpressionEvaluator;
import io.flowcraft.expression.PropertyEvaluator;
import io.flowcraft.json.BlueprintJson;
import io.flowcraft.json.BlueprintSanitizer;
import io.flowcraft.json.JsonSerializer;
import io.flowcraft.spi.Evaluator;
import io.flowcraft.spi.Scope;
import java.util.Map;
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
