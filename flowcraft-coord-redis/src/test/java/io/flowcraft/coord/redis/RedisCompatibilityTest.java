package io.flowcraft.coord.redis;

import io.flowcraft.spi.CoordinationStore;
import io.flowcraft.testkit.spi.CoordinationStoreCompatibilityKit;
import io.flowcraft.testservers.TestServers;

/** Redis as a coordination store: every rule. */
class RedisCompatibilityTest extends CoordinationStoreCompatibilityKit {

  @Override
  protected CoordinationStore openStore() {
    return RedisCoordinationStore.open(RedisSettings.at(TestServers.redis()));
  }
}
