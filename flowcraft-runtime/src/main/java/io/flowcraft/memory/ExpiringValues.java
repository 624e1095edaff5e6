package io.flowcraft.memory;

import io.flowcraft.spi.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Texts by key, each until its time is over. */
final class ExpiringValues {

  /** Expired values that nobody asks for again are cleared away once in so many writes. */
  private static final int WRITES_PER_CLEARANCE = 4096;

  /** Longer than any time that can be added to an instant without leaving its range. */
  private static final Duration FOREVER = Duration.ofDays(365_000_000);

  private final TimeSource time;
  private final ConcurrentHashMap<String, Value> values = new ConcurrentHashMap<>();
  private final AtomicInteger writes = new AtomicInteger();

  ExpiringValues(TimeSource time) {
    this.time = Objects.requireNonNull(time, "time");
  }

  /** Not a record, as two writes of the same text are two values. */
  private static final class Value {

    final String text;
    final Instant expiry;

    Value(String text, Instant expiry) {
      this.text = text;
      this.expiry = expiry;
    }

    boolean isOver(Instant now) {
      return !now.isBefore(expiry);
    }
  }

  long increment(String key, Duration ttl) {
    Instant now = beginWrite();
    Value next =
        values.merge(
            key,
            new Value("1", expiry(now, ttl)),
            (old, first) -> old.isOver(now) ? first : new Value(plusOne(old), first.expiry));
    return Long.parseLong(next.text);
  }

  private static String plusOne(Value counter) {
    return Long.toString(Long.parseLong(counter.text) + 1);
  }

  boolean setIfAbsent(String key, String text, Duration ttl) {
    Instant now = beginWrite();
    Value fresh = new Value(text, expiry(now, ttl));
    return values.merge(key, fresh, (old, given) -> old.isOver(now) ? given : old) == fresh;
  }

  boolean extend(String key, Duration ttl) {
    Instant now = beginWrite();
    Instant expiry = expiry(now, ttl);
    return values.computeIfPresent(
            key, (k, old) -> old.isOver(now) ? null : new Value(old.text, expiry))
        != null;
  }

  boolean delete(String key) {
    Value removed = values.remove(key);
    return removed != null && !removed.isOver(time.now());
  }

  @Nullable String get(String key) {
    Value value = values.get(key);
    return value == null || value.isOver(time.now()) ? null : value.text;
  }

  private Instant beginWrite() {
    Instant now = time.now();
    if (writes.incrementAndGet() % WRITES_PER_CLEARANCE == 0) {
      values.values().removeIf(value -> value.isOver(now));
    }
    return now;
  }

  private static Instant expiry(Instant now, Duration ttl) {
    return ttl.compareTo(FOREVER) > 0 ? Instant.MAX : now.plus(ttl);
  }
}
