package io.flowcraft.testkit.golden;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a case is run.
 *
 * @param concurrency how many nodes may execute at a time; 0 for no limit
 * @param strict whether cycles are refused
 * @param expressions whether conditions are expressions instead of property paths
 * @param preAborted whether the run is cancelled before anything executes
 * @param webhooks whether there is somebody who opens endpoints
 * @param sharedBlueprint whether one runtime serves all steps
 * @param middleware the names of the standard middlewares
 */
record GoldenOptions(
    int concurrency,
    boolean strict,
    boolean expressions,
    boolean preAborted,
    boolean webhooks,
    boolean sharedBlueprint,
    List<String> middleware) {

  /** Reads the options of a case. */
  static GoldenOptions read(Map<String, @Nullable Object> data) {
    return new GoldenOptions(
        data.get("concurrency") instanceof Number limit ? Math.max(0, limit.intValue()) : 0,
        Boolean.TRUE.equals(data.get("strict")),
        "unsafe".equals(data.get("evaluator")),
        "pre-aborted".equals(data.get("signal")),
        Boolean.TRUE.equals(data.get("webhookAdapter")),
        Boolean.TRUE.equals(data.get("sharedBlueprint")),
        Tree.texts(data.get("middleware")));
  }
}
