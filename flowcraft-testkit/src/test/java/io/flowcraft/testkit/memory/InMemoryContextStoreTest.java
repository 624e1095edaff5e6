package io.flowcraft.testkit.memory;

import io.flowcraft.memory.InMemoryContextStore;
import io.flowcraft.spi.ContextStore;
import io.flowcraft.testkit.spi.ContextStoreCompatibilityKit;

class InMemoryContextStoreTest extends ContextStoreCompatibilityKit {

  private final ContextStore store = new InMemoryContextStore();

  @Override
  protected ContextStore openStore() {
    return store;
  }
}
