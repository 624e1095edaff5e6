package io.flowcraft.expression;

import io.flowcraft.spi.Scope;
import java.util.Map;

/** A scope over a map. */
record MapScope(Map<String, Object> values) implements Scope {

  @Override
  public Object get(String name) {
    return values.get(name);
  }

  @Override
  public boolean has(String name) {
    return values.containsKey(name);
  }
}
