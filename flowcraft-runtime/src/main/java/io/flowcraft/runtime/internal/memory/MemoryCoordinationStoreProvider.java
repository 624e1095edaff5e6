package io.flowcraft.runtime.internal.memory;

import com.google.auto.service.AutoService;
import io.flowcraft.memory.InMemoryCoordinationStore;
import io.flowcraft.spi.CoordinationStore;
import io.flowcraft.spi.CoordinationStoreProvider;
import io.flowcraft.spi.ProviderContext;

/** Makes the coordination store that lives in memory. */
@AutoService(CoordinationStoreProvider.class)
public final class MemoryCoordinationStoreProvider implements CoordinationStoreProvider {

  /** For the service loader. */
  public MemoryCoordinationStoreProvider() {}

  @Override
  public String name() {
    return "memory";
  }

  @Override
  public CoordinationStore create(ProviderContext context) {
    return new InMemoryCoordinationStore(context.time());
  }
}
