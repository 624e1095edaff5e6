package io.flowcraft.runtime.internal.engine;

import io.flowcraft.blueprint.Blueprint;
import io.flowcraft.json.BlueprintHash;
import io.flowcraft.json.BlueprintJson;
import io.flowcraft.runtime.internal.graph.Graph;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an engine has to know of a blueprint, whatever engine it is. Immutable.
 *
 * @param graph the compiled form
 * @param hash the content, as {@code BlueprintHash} gives it
 * @param data the blueprint as data
 */
public record CompiledBlueprint(Graph graph, String hash, Map<String, @Nullable Object> data) {

  /** Compiles a blueprint. */
  public static CompiledBlueprint of(Blueprint blueprint) {
    return new CompiledBlueprint(
        Graph.compile(blueprint), BlueprintHash.of(blueprint), BlueprintJson.toMap(blueprint));
  }
}
