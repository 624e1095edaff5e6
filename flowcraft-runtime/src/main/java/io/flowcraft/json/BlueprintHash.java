package io.flowcraft.json;

import io.flowcraft.blueprint.Blueprint;
import io.flowcraft.blueprint.EdgeDefinition;
import io.flowcraft.blueprint.Join;
import io.flowcraft.blueprint.NodeConfig;
import io.flowcraft.blueprint.NodeDefinition;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Identifies a blueprint by what it says.
 *
 * <p>Two blueprints have the same hash if they differ only in the order of members, in defaults
 * that one of them spells out, in source locations, or in how numbers are written. The order of
 * nodes and of edges counts, because it breaks ties in a run.
 */
public final class BlueprintHash {

  private BlueprintHash() {}

  /** SHA-256 of the canonical form, as 64 hexadecimal digits. */
  public static String of(Blueprint blueprint) {
    Blueprint plain =
        new Blueprint(
            blueprint.id(),
            blueprint.nodes().stream().map(BlueprintHash::plain).toList(),
            blueprint.edges().stream().map(BlueprintHash::plain).toList(),
            blueprint.metadata());
    String text = JsonWriter.writeCanonically(BlueprintJson.toMap(plain));
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

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
