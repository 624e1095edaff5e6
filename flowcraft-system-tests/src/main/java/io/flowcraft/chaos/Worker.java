package io.flowcraft.chaos;

import io.flowcraft.runtime.FlowRuntime;
import io.flowcraft.runtime.RuntimeBuilder;
import io.flowcraft.runtime.Upkeep;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/** A process of a fleet: works until it is killed. */
final class Worker {

  static final Duration LEASE = Duration.ofSeconds(3);

  private static final Upkeep UPKEEP =
      new Upkeep(
          Duration.ofMillis(500),
          Duration.ofSeconds(1),
          LEASE,
          // Longer than jobs are in line here, or every worker takes over what the others will do.
          Duration.ofSeconds(8),
          Duration.ofSeconds(20));

  private Worker() {}

  /**
   * Works.
   *
   * @param arguments a file to make when ready, and settings: {@code name=value}
   */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    Map<String, String> properties = new LinkedHashMap<>();
    for (String setting : List.of(arguments).subList(1, arguments.length)) {
      int equals = setting.indexOf('=');
      properties.put(setting.substring(0, equals), setting.substring(equals + 1));
    }
    RuntimeBuilder builder =
        FlowRuntime.builder().properties(properties).upkeep(UPKEEP).maxInFlight(64);
    for (Scenario scenario : Scenario.values()) {
      builder.flow(scenario.flow());
    }
    FlowRuntime runtime = builder.build();
    try (runtime) {
      Files.createFile(Path.of(arguments[0]));
      new CountDownLatch(1).await();
    }
  }
}
