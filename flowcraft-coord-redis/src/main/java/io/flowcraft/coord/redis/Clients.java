package io.flowcraft.coord.redis;

import io.flowcraft.error.ErrorCode;
import io.flowcraft.error.FlowcraftException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.redisson.Redisson;
import org.redisson.api.RedissonClient;
import org.redisson.client.RedisException;
import org.redisson.config.BaseConfig;
import org.redisson.config.Config;
import org.redisson.config.ConstantDelay;
import org.redisson.config.ReadMode;

/** Clients that we make ourselves. */
final class Clients {

  /** Between two attempts to send a call. */
  private static final Duration RETRY_DELAY = Duration.ofMillis(200);

  /** Calls are sent without waiting for answers, so a few connections carry them all. */
  private static final int CONNECTIONS = 8;

  private static final int NETTY_THREADS = 4;

  private Clients() {}

  /** Connects; blocks until it has. */
  static RedissonClient connect(RedisSettings settings) {
    Path file = settings.configFile();
    if (file == null && settings.addresses().isEmpty()) {
      throw new FlowcraftException(
          ErrorCode.CONFIG_INVALID,
          "Redis has no address; expected: flowcraft.redis.uri, a configuration file, or a client.");
    }
    try {
      return Redisson.create(file == null ? config(settings) : read(file));
    } catch (RedisException e) {
      throw new FlowcraftException(
          ErrorCode.BACKEND,
          "Redis can't be reached with "
              + settings
              + ": "
              + e.getMessage()
              + ". Check that it runs, the address, user name and password.",
          e);
    }
  }

  private static Config read(Path file) {
    try {
      return Config.fromYAML(file.toFile());
    } catch (IOException | RuntimeException e) {
      // The message of the cause may have lines of the file, and the file secrets.
      throw new FlowcraftException(
          ErrorCode.CONFIG_INVALID,
          "The configuration file " + file + " is no configuration of Redisson in YAML.");
    }
  }

  private static Config config(RedisSettings settings) {
    Config config = new Config();
    config.setNettyThreads(NETTY_THREADS);
    List<String> addresses = settings.addresses();
    BaseConfig<?> base =
        addresses.size() == 1 ? single(config, addresses.get(0)) : cluster(config, addresses);
    int millis = Math.toIntExact(settings.timeout().toMillis());
    base.setTimeout(millis);
    base.setConnectTimeout(millis);
    base.setRetryAttempts(settings.retries());
    base.setRetryDelay(new ConstantDelay(RETRY_DELAY));
    if (settings.username() != null) {
      config.setUsername(settings.username());
    }
    if (settings.password() != null) {
      config.setPassword(settings.password());
    }
    return config;
  }

  private static BaseConfig<?> single(Config config, String address) {
    return config
        .useSingleServer()
        .setAddress(address)
        .setConnectionPoolSize(CONNECTIONS)
        .setConnectionMinimumIdleSize(CONNECTIONS);
  }

  /** Scripts go to the masters only. */
  private static BaseConfig<?> cluster(Config config, List<String> addresses) {
    return config
        .useClusterServers()
        .addNodeAddress(addresses.toArray(String[]::new))
        .setReadMode(ReadMode.MASTER)
        .setMasterConnectionPoolSize(CONNECTIONS)
        .setMasterConnectionMinimumIdleSize(CONNECTIONS);
  }
}
