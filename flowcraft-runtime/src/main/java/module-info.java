/** The engine, the client, the embedded in-memory backends, discovery and configuration. */
module io.flowcraft.runtime {
  requires transitive io.flowcraft.api;
  requires static transitive org.jspecify;
  requires tools.jackson.core;
  requires tools.jackson.databind;

  exports io.flowcraft.analysis;
  exports io.flowcraft.expression;
  exports io.flowcraft.json;
}
