package io.flowcraft.coord.redis.internal;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.redisson.api.RScript.ReturnType;

/**
 * The calls about counters and values. The client sends a call again if no answer comes; so that
 * this changes nothing twice, each call that changes something leaves what it was told.
 */
public final class ValueCalls {

  /** Longer than any call is sent again. */
  private static final String TOLD_MILLIS = "120000";

  /** Redis adds times to live to its clock, within 64 bits. */
  private static final Duration FOREVER = Duration.ofDays(36_500);

  private final Scripts scripts;
  private final Keys keys;
  private final CallIds ids;

  /** Calls. */
  public ValueCalls(Scripts scripts, Keys keys, CallIds ids) {
    this.scripts = scripts;
    this.keys = keys;
    this.ids = ids;
  }

  /** See the store. */
  public CompletionStage<Long> increment(String key, Duration timeToLive) {
    return change("increment", "INCR", key, millis(timeToLive), "");
  }

  /** See the store. */
  public CompletionStage<Boolean> setIfAbsent(String key, String value, Duration timeToLive) {
    return change("setIfAbsent", "SET", key, millis(timeToLive), value).thenApply(n -> n == 1);
  }

  /** See the store. */
  public CompletionStage<Boolean> delete(String key) {
    return change("delete", "DEL", key, "0", "").thenApply(n -> n == 1);
  }

  private CompletionStage<Long> change(
      String what, String change, String key, String millis, String value) {
    List<Object> places = List.of(keys.value(key), keys.told(key, ids.next()));
    return scripts.run(
        Script.VALUE, ReturnType.LONG, what, places, change, TOLD_MILLIS, millis, value);
  }

  /** See the store. */
  public CompletionStage<Boolean> extend(String key, Duration timeToLive) {
    CompletionStage<Long> extended =
        scripts.run(
            Script.EXTEND,
            ReturnType.LONG,
            "extendTtl",
            List.of(keys.value(key)),
            millis(timeToLive));
    return extended.thenApply(n -> n == 1);
  }

  /** See the store. */
  public CompletionStage<@Nullable String> get(String key) {
    return scripts.run(Script.GET, ReturnType.VALUE, "get", List.of(keys.value(key)));
  }

  /** At least one: Redis refuses to keep something for no time. */
  static String millis(Duration time) {
    return Long.toString(
        time.compareTo(FOREVER) > 0 ? FOREVER.toMillis() : Math.max(1, time.toMillis()));
  }
}
