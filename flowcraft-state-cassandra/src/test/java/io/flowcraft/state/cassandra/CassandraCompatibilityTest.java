package io.flowcraft.state.cassandra;

import io.flowcraft.spi.ContextStore;
import io.flowcraft.testkit.spi.ContextStoreCompatibilityKit;

class CassandraCompatibilityTest extends ContextStoreCompatibilityKit {

  @Override
  protected ContextStore openStore() {
    return Server.open("kit");
  }
}
