import io.flowcraft.coord.redis.internal.provider.RedisCoordinationStoreProvider;
import io.flowcraft.spi.CoordinationStoreProvider;

/** The coordination store on Redis. */
module io.flowcraft.coord.redis {
  requires static com.google.auto.service;
  requires transitive io.flowcraft.api;
  requires static transitive org.jspecify;
  requires org.slf4j;
  requires transitive redisson;

  exports io.flowcraft.coord.redis;

  provides CoordinationStoreProvider with
      RedisCoordinationStoreProvider;
}
