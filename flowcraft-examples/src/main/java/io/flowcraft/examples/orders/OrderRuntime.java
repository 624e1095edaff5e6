package io.flowcraft.examples.orders;

import io.flowcraft.blueprint.Blueprint;
import io.flowcraft.runtime.FlowRuntime;
import java.util.Map;
import java.util.TreeMap;

/** Opens what runs the orders: the same for one process and for many. */
final class OrderRuntime {

  private static final String OWN = "flowcraft.";

  /** Says that losing everything at the end is wanted, which silences the warnings. */
  private static final Map<String, String> IN_MEMORY =
      Map.of(
          "flowcraft.queue", "memory",
          "flowcraft.state", "memory",
          "flowcraft.coordination", "memory");

  private OrderRuntime() {}

  /** A runtime on the backends that the system properties name; in memory if they name none. */
  static FlowRuntime open(Blueprint blueprint) {
    return FlowRuntime.builder()
        .blueprint(blueprint)
        .registry(new OrderNodes(new Services()).registry())
        .recordHistory(true)
        .properties(properties())
        .build();
  }

  private static Map<String, String> properties() {
    Map<String, String> properties = new TreeMap<>(IN_MEMORY);
    for (String name : System.getProperties().stringPropertyNames()) {
      if (name.startsWith(OWN)) {
        properties.put(name, System.getProperty(name));
      }
    }
    return properties;
  }
}
