package io.flowcraft.coord.redis.internal.provider;

import com.google.auto.service.AutoService;
import io.flowcraft.coord.redis.RedisCoordinationStore;
import io.flowcraft.coord.redis.RedisSettings;
import io.flowcraft.spi.CoordinationStore;
import io.flowcraft.spi.CoordinationStoreProvider;
import io.flowcraft.spi.ProviderContext;

/**
 * Makes the coordination store on Redis from properties and the environment, see {@link
 * RedisSettings#from}. Chosen with {@code flowcraft.coordination=redis}.
 */
@AutoService(CoordinationStoreProvider.class)
public final class RedisCoordinationStoreProvider implements CoordinationStoreProvider {

  /** For the service loader. */
  public RedisCoordinationStoreProvider() {}

  @Override
  public String name() {
    return "redis";
  }

  @Override
  public CoordinationStore create(ProviderContext context) {
    return RedisCoordinationStore.open(RedisSettings.from(context.properties(), System.getenv()));
  }
}
