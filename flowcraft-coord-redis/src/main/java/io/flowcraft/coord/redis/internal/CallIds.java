package io.flowcraft.coord.redis.internal;

import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/** Names for calls that nobody else uses. */
public final class CallIds {

  private final String mine = UUID.randomUUID().toString();
  private final AtomicLong count = new AtomicLong();

  /** Names of its own. */
  public CallIds() {}

  String next() {
    return mine + ":" + Long.toString(count.incrementAndGet(), Character.MAX_RADIX);
  }
}
