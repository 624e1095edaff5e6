package io.flowcraft.runtime.internal.engine;

import io.flowcraft.spi.Payload;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Where the elements of a batch are kept in the context: each under a key of its own, as in the npm
 * library; of a long batch several together, so that its scatter stays one commit that a store can
 * take.
 */
final class BatchItems {

  private static final String PREFIX = "_batch.";
  private static final String SHARED = "_items_";

  /** At the most so many keys for a batch. */
  private static final int KEYS = 2_000;

  private BatchItems() {}

  /** What a worker's input is read from. */
  static String source(String scatterId, String batchId, int index, int count) {
    String batch = PREFIX + scatterId + "_" + batchId;
    int together = together(count);
    return together == 1
        ? batch + "_item_" + index
        : batch + SHARED + index / together + "." + index % together;
  }

  private static int together(int count) {
    return (count + KEYS - 1) / KEYS;
  }

  /** Stores the elements, in their order. */
  static void store(ExecutionContext context, List<String> sources, List<?> items) {
    int together = together(items.size());
    for (int i = 0; i < items.size(); i += together) {
      String source = sources.get(i);
      if (together == 1) {
        context.setData(source, items.get(i));
      } else {
        context.setData(key(source), items.subList(i, Math.min(items.size(), i + together)));
      }
    }
  }

  /** Whether a source is an element that is kept together with others. */
  static boolean isShared(String source) {
    return source.startsWith(PREFIX) && source.matches(".*" + SHARED + "\\d+\\.\\d+");
  }

  /** Reads such an element; null if it is not there. */
  static @Nullable Payload read(
      String source, Function<String, @Nullable Payload> read, Values values) {
    Payload together = read.apply(key(source));
    int index = Integer.parseInt(source.substring(source.lastIndexOf('.') + 1));
    return together != null && together.value() instanceof List<?> items && index < items.size()
        ? values.payload(items.get(index))
        : null;
  }

  /** Whether several elements are kept under a key. */
  static boolean isTogether(String key) {
    return key.startsWith(PREFIX) && key.matches(".*" + SHARED + "\\d+");
  }

  private static String key(String source) {
    return source.substring(0, source.lastIndexOf('.'));
  }
}
