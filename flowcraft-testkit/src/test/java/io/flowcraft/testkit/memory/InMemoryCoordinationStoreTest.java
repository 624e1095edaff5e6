package io.flowcraft.testkit.memory;

import io.flowcraft.memory.InMemoryCoordinationStore;
import io.flowcraft.spi.CoordinationStore;
import io.flowcraft.testkit.VirtualTime;
import io.flowcraft.testkit.spi.CoordinationStoreCompatibilityKit;
import java.time.Duration;

class InMemoryCoordinationStoreTest extends CoordinationStoreCompatibilityKit {

  private final VirtualTime time = new VirtualTime();
  private final CoordinationStore store = new InMemoryCoordinationStore(time);

  @Override
  protected CoordinationStore openStore() {
    return store;
  }

  @Override
  protected void letTimePass(Duration duration) {
    time.advance(duration);
  }
}
