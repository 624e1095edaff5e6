package io.flowcraft.state.cassandra;

import io.flowcraft.spi.ContextStore;
import io.flowcraft.testkit.spi.ContextStoreCompatibilityKit;

/** The same rules for a store that writes outcomes by lightweight transactions. */
class StrictCompatibilityTest extends ContextStoreCompatibilityKit {

  @Override
  protected ContextStore openStore() {
    return CassandraContextStore.open(
        Server.settings("strict_kit").strict(true).build(), Server.context());
  }
}
