package io.flowcraft.runtime.internal.engine;

import io.flowcraft.spi.Payload;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Elements of a long batch that were read lately. They are kept several together, and the workers
 * that are under way in a process need them at about the same time.
 *
 * <p>What is kept is valid for what was known of the batch when this was made: in another epoch of
 * the run the batch may have other elements, and there is another one of these.
 */
final class RecentItems {

  private static final int KEPT = 64;

  private final Map<String, Payload> recent =
      new LinkedHashMap<>(2 * KEPT, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Payload> eldest) {
          return size() > KEPT;
        }
      };

  /** The same as a way to read, but that elements are not read twice in a row. */
  Function<String, @Nullable Payload> before(Function<String, @Nullable Payload> read) {
    return key -> BatchItems.isTogether(key) ? get(key, read) : read.apply(key);
  }

  private @Nullable Payload get(String key, Function<String, @Nullable Payload> read) {
    Payload known;
    synchronized (this) {
      known = recent.get(key);
    }
    Payload found = known == null ? read.apply(key) : known;
    if (known == null && found != null) {
      synchronized (this) {
        recent.put(key, found);
      }
    }
    return found;
  }
}
