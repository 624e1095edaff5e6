package io.flowcraft.runtime.internal.memory;

import com.google.auto.service.AutoService;
import io.flowcraft.memory.InMemoryContextStore;
import io.flowcraft.spi.ContextStore;
import io.flowcraft.spi.ContextStoreProvider;
import io.flowcraft.spi.ProviderContext;

/** Makes the context store that lives in memory. */
@AutoService(ContextStoreProvider.class)
public final class MemoryContextStoreProvider implements ContextStoreProvider {

  /** For the service loader. */
  public MemoryContextStoreProvider() {}

  @Override
  public String name() {
    return "memory";
  }

  @Override
  public ContextStore create(ProviderContext context) {
    return new InMemoryContextStore();
  }
}
