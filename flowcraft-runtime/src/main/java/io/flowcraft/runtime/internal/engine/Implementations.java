package io.flowcraft.runtime.internal.engine;

import io.flowcraft.node.NodeImplementation;
import io.flowcraft.node.NodeRegistry;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The users' implementations by key; flows that are run for the first time add theirs. */
public final class Implementations {

  private final Map<String, NodeImplementation> byKey = new ConcurrentHashMap<>();

  /** Adds all of a registry; a key that is known gets the new implementation. */
  public void add(NodeRegistry registry) {
    for (String key : registry.keys()) {
      registry.find(key).ifPresent(implementation -> byKey.put(key, implementation));
    }
  }

  @Nullable NodeImplementation find(String uses) {
    return byKey.get(uses);
  }

  Set<String> keys() {
    return byKey.keySet();
  }
}
