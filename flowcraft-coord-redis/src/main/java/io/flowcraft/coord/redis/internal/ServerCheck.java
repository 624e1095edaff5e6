package io.flowcraft.coord.redis.internal;

import io.flowcraft.error.ErrorCode;
import io.flowcraft.error.FlowcraftException;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.redisson.api.RScript.ReturnType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks a Redis at the start whether it is one that we can rely on. */
public final class ServerCheck {

  private static final Logger log = LoggerFactory.getLogger(ServerCheck.class);
  private static final String POLICY = "maxmemory_policy:";
  private static final String HISTORY = "master_replid:";

  private ServerCheck() {}

  /**
   * Blocks for an answer; warns if the server may throw data away when its memory is full.
   *
   * @throws FlowcraftException if it does not answer, or can't tell its history from another one
   */
  public static void run(Scripts scripts, Keys keys) {
    String server = ask(scripts, keys);
    if (value(server, HISTORY).isEmpty()) {
      throw new FlowcraftException(
          ErrorCode.CONFIG_INVALID,
          "The server does not tell master_replid in INFO replication, so that nobody could notice"
              + " that it has gone back to older data. Expected: Redis 6 or later, or Valkey.");
    }
    String policy = value(server, POLICY);
    if (!policy.equals("noeviction")) {
      log.warn(
          "Redis has the eviction policy \"{}\": with its memory full it forgets runs and leases,"
              + " which are rebuilt, slowly, again and again. Set maxmemory-policy to noeviction.",
          policy);
    }
  }

  private static String ask(Scripts scripts, Keys keys) {
    try {
      return scripts
          .<String>run(
              Script.SERVER, ReturnType.VALUE, "INFO", List.of(keys.value("start-up check")))
          .toCompletableFuture()
          .join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof FlowcraftException own ? own : Scripts.failure("INFO", e);
    }
  }

  private static String value(String info, String name) {
    return info.lines()
        .filter(line -> line.startsWith(name))
        .map(line -> line.substring(name.length()).strip())
        .findFirst()
        .orElse("");
  }
}
