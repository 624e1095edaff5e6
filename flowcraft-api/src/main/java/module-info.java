/** What users and backends of Flowcraft program against. */
module io.flowcraft.api {
  requires transitive org.jspecify;

  exports io.flowcraft.blueprint;
  exports io.flowcraft.error;
  exports io.flowcraft.event;
  exports io.flowcraft.flow;
  exports io.flowcraft.node;
  exports io.flowcraft.run;
  exports io.flowcraft.spi;
}
