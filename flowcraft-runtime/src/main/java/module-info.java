import io.flowcraft.runtime.internal.memory.MemoryContextStoreProvider;
import io.flowcraft.runtime.internal.memory.MemoryCoordinationStoreProvider;
import io.flowcraft.runtime.internal.memory.MemoryJobQueueProvider;
import io.flowcraft.spi.ContextStoreProvider;
import io.flowcraft.spi.CoordinationStoreProvider;
import io.flowcraft.spi.JobQueueProvider;

/** The engine, the client, the embedded in-memory backends, discovery and configuration. */
module io.flowcraft.runtime {
  requires static com.google.auto.service;
  requires transitive io.flowcraft.api;
  requires static transitive org.jspecify;
  requires org.slf4j;
  requires tools.jackson.core;
  requires tools.jackson.databind;

  exports io.flowcraft.analysis;
  exports io.flowcraft.expression;
  exports io.flowcraft.history;
  exports io.flowcraft.json;
  exports io.flowcraft.memory;
  exports io.flowcraft.runtime;

  uses JobQueueProvider;
  uses ContextStoreProvider;
  uses CoordinationStoreProvider;

  provides JobQueueProvider with
      MemoryJobQueueProvider;
  provides ContextStoreProvider with
      MemoryContextStoreProvider;
  provides CoordinationStoreProvider with
      MemoryCoordinationStoreProvider;
}
