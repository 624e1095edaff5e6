package io.flowcraft.testkit;

import io.flowcraft.error.FlowcraftException;
import io.flowcraft.json.JsonSerializer;
import org.jspecify.annotations.Nullable;

/** Values of tests as texts that can be compared and kept. */
final class Compared {

  private static final JsonSerializer JSON = new JsonSerializer();

  private Compared() {}

  static String text(@Nullable Object value) {
    try {
      return JSON.serialize(value);
    } catch (FlowcraftException e) {
      return String.valueOf(value);
    }
  }
}
