package io.flowcraft.runtime.internal.engine;

import io.flowcraft.blueprint.Blueprint;
import io.flowcraft.runtime.internal.graph.Graph;
import io.flowcraft.spi.Payload;

/**
 * A blueprint that the engine can run.
 *
 * @param graph the compiled form
 * @param hash the content, as {@code BlueprintHash} gives it
 * @param stored the form that is stored with each run
 */
record Definition(Graph graph, String hash, Payload stored) {

  Definition(CompiledBlueprint compiled, Values values) {
    this(compiled.graph(), compiled.hash(), values.payload(compiled.data()));
  }

  Blueprint blueprint() {
    return graph.blueprint();
  }
}
