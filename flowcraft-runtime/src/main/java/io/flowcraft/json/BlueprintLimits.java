package io.flowcraft.json;

/**
 * How large a blueprint may be; what comes from outside must not exhaust the reader.
 *
 * @param maxLength the most characters of its JSON text
 * @param maxDepth the most lists and maps nested in each other
 * @param maxNodes the most nodes
 * @param maxEdges the most edges
 */
public record BlueprintLimits(int maxLength, int maxDepth, int maxNodes, int maxEdges) {

  /** Sixteen million characters, 200 levels, 100,000 nodes, 1,000,000 edges. */
  public static final BlueprintLimits DEFAULT =
      new BlueprintLimits(16 * 1024 * 1024, 200, 100_000, 1_000_000);

  Limits data() {
    return new Limits(maxLength, maxDepth);
  }
}
