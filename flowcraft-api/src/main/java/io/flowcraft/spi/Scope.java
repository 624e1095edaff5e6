package io.flowcraft.spi;

import org.jspecify.annotations.Nullable;

/** The names that an expression can see. Read-only; used by one thread at a time. */
public interface Scope {

  /** The value under a name: JSON-like data, or null if there is none. */
  @Nullable Object get(String name);

  /** Whether there is a value, possibly null, under the name. */
  boolean has(String name);
}
