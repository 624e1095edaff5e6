package io.flowcraft.coord.redis;

import io.flowcraft.error.ErrorCode;
import io.flowcraft.error.FlowcraftException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How to reach Redis and what to keep there. Checked as a whole: an exception lists everything that
 * is wrong. Its text shows no secrets.
 *
 * @param addresses {@code redis://host:port}, or {@code rediss://} for TLS; one server, or some
 *     nodes of a cluster; empty if there is a configuration file or a client is given
 * @param username of the access control list; null for none
 * @param password null for none
 * @param configFile a configuration of Redisson in YAML, for everything else: sentinels, replicas,
 *     key stores, pools; null for none. It has its own addresses, secrets, timeouts and retries
 * @param keyPrefix in front of every key; stores with the same prefix are the same store
 * @param timeout how long to wait for an answer, or a connection, before a call is sent again
 * @param retries how often a call is sent again before it fails
 * @param runTimeToLive how long a run is known after the last call about it; what is forgotten is
 *     rebuilt when it is needed
 */
public record RedisSettings(
    List<String> addresses,
    @Nullable String username,
    @Nullable String password,
    @Nullable Path configFile,
    String keyPrefix,
    Duration timeout,
    int retries,
    Duration runTimeToLive) {

  /** The prefix of keys if nothing is said. */
  public static final String DEFAULT_KEY_PREFIX = "flowcraft:";

  /** The patience with one call if nothing is said. */
  public static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(2);

  /** How often a call is sent again if nothing is said. */
  public static final int DEFAULT_RETRIES = 2;

  /** How long a run that nobody asks for is known if nothing is said. */
  public static final Duration DEFAULT_RUN_TIME_TO_LIVE = Duration.ofDays(7);

  private static final Duration LONGEST_TIMEOUT = Duration.ofMinutes(1);
  private static final Duration SHORTEST_RUN_TIME_TO_LIVE = Duration.ofMinutes(1);
  private static final int MOST_RETRIES = 10;

  /**
   * Copies the addresses and checks everything.
   *
   * @throws FlowcraftException with code {@link ErrorCode#CONFIG_INVALID}
   */
  public RedisSettings {
    addresses = List.copyOf(addresses);
    List<String> problems = new ArrayList<>();
    for (String address : addresses) {
      if (!RedisAddress.isAcceptable(address)) {
        problems.add(
            "the address \""
                + RedisAddress.withoutSecrets(address)
                + "\" is none; expected: redis://host:port, or rediss://host:port for TLS");
      }
    }
    if (configFile != null && !(addresses.isEmpty() && username == null && password == null)) {
      problems.add("a configuration file excludes addresses, user name and password");
    }
    if (configFile != null && !Files.isReadable(configFile)) {
      problems.add("the configuration file " + configFile + " can't be read");
    }
    if (timeout.isNegative() || timeout.isZero() || timeout.compareTo(LONGEST_TIMEOUT) > 0) {
      problems.add(
          "the timeout is " + timeout + "; expected: more than zero, at most " + LONGEST_TIMEOUT);
    }
    if (retries < 0 || retries > MOST_RETRIES) {
      problems.add("retries is " + retries + "; expected: 0 to " + MOST_RETRIES);
    }
    if (runTimeToLive.compareTo(SHORTEST_RUN_TIME_TO_LIVE) < 0) {
      problems.add(
          "the time to live of runs is "
              + runTimeToLive
              + "; expected: at least "
              + SHORTEST_RUN_TIME_TO_LIVE);
    }
    if (!problems.isEmpty()) {
      throw new FlowcraftException(
          ErrorCode.CONFIG_INVALID, "Redis is not configured well: " + String.join("; ", problems));
    }
  }

  /** What is usual, for a server or the nodes of a cluster. */
  public static RedisSettings at(String... addresses) {
    return new RedisSettings(
        List.of(addresses),
        null,
        null,
        null,
        DEFAULT_KEY_PREFIX,
        DEFAULT_TIMEOUT,
        DEFAULT_RETRIES,
        DEFAULT_RUN_TIME_TO_LIVE);
  }

  /**
   * Reads {@code flowcraft.redis.uri} (one address, or several with commas), {@code .username},
   * {@code .password}, {@code .config-file}, {@code .key-prefix}, {@code .timeout}, {@code
   * .retries} and {@code .run-ttl}; what the properties lack from the environment, where the names
   * are in capitals with underscores: {@code FLOWCRAFT_REDIS_URI}. Durations are numbers with a
   * unit: {@code 500ms}, {@code 2s}, {@code 5m}, {@code 12h}, {@code 7d}.
   *
   * @throws FlowcraftException with code {@link ErrorCode#CONFIG_INVALID}, listing all problems
   */
  public static RedisSettings from(
      Map<String, String> properties, Map<String, String> environment) {
    return new SettingsReader(properties, environment).read();
  }

  /** The same with another prefix. */
  public RedisSettings withKeyPrefix(String prefix) {
    return new RedisSettings(
        addresses, username, password, configFile, prefix, timeout, retries, runTimeToLive);
  }

  /** The same with other limits for calls. */
  public RedisSettings withTimeout(Duration each, int again) {
    return new RedisSettings(
        addresses, username, password, configFile, keyPrefix, each, again, runTimeToLive);
  }

  /** Without secrets. */
  @Override
  public String toString() {
    return "RedisSettings[addresses="
        + addresses.stream().map(RedisAddress::withoutSecrets).toList()
        + ", username="
        + username
        + ", password="
        + (password == null ? "none" : "***")
        + ", configFile="
        + configFile
        + ", keyPrefix="
        + keyPrefix
        + ", timeout="
        + timeout
        + ", retries="
        + retries
        + ", runTimeToLive="
        + runTimeToLive
        + "]";
  }
}
