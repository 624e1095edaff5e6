package io.flowcraft.json;

import io.flowcraft.blueprint.Blueprint;
import io.flowcraft.blueprint.EdgeDefinition;
import io.flowcraft.blueprint.Join;
import io.flowcraft.blueprint.NodeConfig;
import io.flowcraft.blueprint.NodeDefinition;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Identifies a blueprint by what it says.
 *
 * <p>Two blueprints have the same hash if they differ only in the order of members, in defaults
 * that one of them spells out, in source locations, or in how numbers are written. The order of
 * nodes and of edges counts, because it breaks ties in a run.
 */
public final class BlueprintHash {

  /** Beyond this a double no longer holds every integer. */
  private static final double EXACT = 9_007_199_254_740_992.0;

  private BlueprintHash() {}

  /** SHA-256 of the canonical form, as 64 hexadecimal digits. */
  public static String of(Blueprint blueprint) {
    Blueprint plain =
        new Blueprint(
            blueprint.id(),
            blueprint.nodes().stream().map(BlueprintHash::plain).toList(),
            blueprint.edges().stream().map(BlueprintHash::plain).toList(),
            blueprint.metadata());
    Object canonical = canonical(BlueprintJson.toMap(plain));
    String text =
        JsonWriter.write(
            JsonValues.normalize(canonical, JsonSerializer.DEFAULT_LIMITS, "the blueprint"));
    return HexFormat.of().formatHex(sha256().digest(text.getBytes(StandardCharsets.UTF_8)));
  }

  private static NodeDefinition plain(NodeDefinition node) {
    NodeConfig config = node.config();
    NodeConfig implicit = Join.all().equals(config.join()) ? config.withJoin(null) : config;
    return new NodeDefinition(node.id(), node.uses(), node.params(), node.inputs(), implicit, null);
  }

  private static EdgeDefinition plain(EdgeDefinition edge) {
    return new EdgeDefinition(
        edge.source(),
        edge.target(),
        edge.hasAction() ? edge.action() : null,
        edge.hasCondition() ? edge.condition() : null,
        edge.transform(),
        null);
  }

  private static @Nullable Object canonical(@Nullable Object value) {
    if (value instanceof Map<?, ?> map) {
      Map<String, @Nullable Object> sorted = new TreeMap<>();
      map.forEach((key, member) -> sorted.put((String) key, canonical(member)));
      return sorted;
    }
    if (value instanceof List<?> list) {
      List<@Nullable Object> elements = new ArrayList<>(list.size());
      list.forEach(element -> elements.add(canonical(element)));
      return elements;
    }
    if (value instanceof Double number && number == Math.rint(number)) {
      return Math.abs(number) < EXACT ? (Object) number.longValue() : number;
    }
    return value;
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
