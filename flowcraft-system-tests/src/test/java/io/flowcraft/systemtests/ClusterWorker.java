package io.flowcraft.systemtests;

import io.flowcraft.runtime.FlowRuntime;
import io.flowcraft.runtime.Upkeep;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** A process of a cluster: works until its standard input ends. */
final class ClusterWorker {

  static final Duration LEASE = Duration.ofSeconds(3);

  private static final Upkeep UPKEEP =
      new Upkeep(
          Duration.ofMillis(500),
          Duration.ofSeconds(1),
          LEASE,
          Duration.ofSeconds(5),
          Duration.ofSeconds(20));

  private ClusterWorker() {}

  /**
   * Works.
   *
   * @param settings {@code name=value}
   */
  public static void main(String[] settings) throws IOException {
    Map<String, String> properties = new LinkedHashMap<>();
    for (String setting : settings) {
      int equals = setting.indexOf('=');
      properties.put(setting.substring(0, equals), setting.substring(equals + 1));
    }
    FlowRuntime runtime =
        FlowRuntime.builder()
            .properties(properties)
            .upkeep(UPKEEP)
            .maxInFlight(128)
            .flow(ClusterFlow.flow())
            .build();
    try (runtime) {
      while (System.in.read() >= 0) {
        // Only the end counts: whoever started this process is gone or wants it to be.
      }
    }
  }
}
