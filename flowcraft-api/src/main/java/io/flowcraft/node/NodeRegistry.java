package io.flowcraft.node;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Implementations by {@code uses} key. Immutable. */
public final class NodeRegistry {

  private static final NodeRegistry EMPTY = new NodeRegistry(Map.of());

  private final Map<String, NodeImplementation> implementations;

  private NodeRegistry(Map<String, NodeImplementation> implementations) {
    this.implementations = implementations;
  }

  /** A registry without implementations. */
  public static NodeRegistry empty() {
    return EMPTY;
  }

  /** This registry and a function under a key, which replaces an earlier one. */
  public NodeRegistry register(String uses, NodeFunction function) {
    return with(uses, function);
  }

  /** This registry and a life-cycle node under a key, which replaces an earlier one. */
  public NodeRegistry register(String uses, Node<?> node) {
    return with(uses, node);
  }

  /** This registry and an asynchronous function under a key, which replaces an earlier one. */
  public NodeRegistry registerAsync(String uses, AsyncNodeFunction function) {
    return with(uses, function);
  }

  /** This registry and any implementation under a key, which replaces an earlier one. */
  public NodeRegistry with(String uses, NodeImplementation implementation) {
    Map<String, NodeImplementation> copy = new LinkedHashMap<>(implementations);
    copy.put(uses, implementation);
    return new NodeRegistry(copy);
  }

  /** This registry and all of another, whose implementations win. */
  public NodeRegistry with(NodeRegistry other) {
    Map<String, NodeImplementation> copy = new LinkedHashMap<>(implementations);
    copy.putAll(other.implementations);
    return new NodeRegistry(copy);
  }

  /** The implementation under a key. */
  public Optional<NodeImplementation> find(String uses) {
    return Optional.ofNullable(implementations.get(uses));
  }

  /** The keys. */
  public Set<String> keys() {
    return Set.copyOf(implementations.keySet());
  }
}
