import io.flowcraft.memory.MemoryContextStoreProvider;
import io.flowcraft.memory.MemoryCoordinationStoreProvider;
import io.flowcraft.memory.MemoryJobQueueProvider;
import io.flowcraft.spi.ContextStoreProvider;
import io.flowcraft.spi.CoordinationStoreProvider;
import io.flowcraft.spi.JobQueueProvider;

/** The engine, the client, the embedded in-memory backends, discovery and configuration. */
module io.flowcraft.runtime {
  requires static com.google.auto.service;
  requires transitive io.flowcraft.api;
  requires static transitive org.jspecify;

  exports io.flowcraft.memory;

  provides JobQueueProvider with
      MemoryJobQueueProvider;
  provides ContextStoreProvider with
      MemoryContextStoreProvider;
  provides CoordinationStoreProvider with
      MemoryCoordinationStoreProvider;
}
