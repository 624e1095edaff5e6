package io.flowcraft.coord.redis.internal;

/**
 * The names of things in Redis. What belongs together has the same part in braces, so that a
 * cluster keeps it in one place.
 *
 * @param prefix in front of all
 */
public record Keys(String prefix) {

  String run(String runId) {
    return prefix + "run:{" + tag(runId) + "}";
  }

  /** Where a large state of a run is put together. */
  String staged(String runId, String call) {
    return run(runId) + ":opening:" + call;
  }

  String value(String key) {
    return prefix + "value:{" + tag(key) + "}";
  }

  /** What a call that changed a value was told. */
  String told(String key, String call) {
    return prefix + "told:{" + tag(key) + "}:" + call;
  }

  /** A tag ends with the first closing brace, and must not be empty. */
  private static String tag(String name) {
    return name.isEmpty() ? "%" : name.replace("%", "%25").replace("}", "%7D");
  }
}
