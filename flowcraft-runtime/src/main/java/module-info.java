/** The engine, the client, the embedded in-memory backends, discovery and configuration. */
module io.flowcraft.runtime {
  requires static transitive org.jspecify;
}
