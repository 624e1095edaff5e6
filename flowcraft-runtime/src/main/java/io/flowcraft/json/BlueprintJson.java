package io.flowcraft.json;

import io.flowcraft.blueprint.Blueprint;
import io.flowcraft.blueprint.EdgeDefinition;
import io.flowcraft.blueprint.NodeDefinition;
import io.flowcraft.error.ErrorCode;
import io.flowcraft.error.FlowcraftException;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Blueprints as JSON, in the form of the npm library.
 *
 * <p>Members of the root are {@code id}, {@code nodes} and {@code edges} (lists, or maps whose keys
 * mean nothing) and {@code metadata}. The form goes beyond the npm library's in two members of a
 * node's {@code config}: {@code retry} ({@code maxAttempts}, {@code delay}, {@code factor}, {@code
 * maxDelay}, {@code jitter}, {@code nonRetryable}) and the values {@code every} and {@code
 * atLeast:n} of {@code joinStrategy}. Durations are read as {@link DurationText} says and written
 * as milliseconds. Unknown members are ignored. What is written uses the npm library's form
 * wherever that can say the same.
 */
public final class BlueprintJson {

  private static final String BLUEPRINT = "the blueprint";

  private BlueprintJson() {}

  /** {@link #read(String, BlueprintLimits)} with {@link BlueprintLimits#DEFAULT}. */
  public static Blueprint read(String text) {
    return read(text, BlueprintLimits.DEFAULT);
  }

  /**
   * Reads a blueprint from text.
   *
   * @throws FlowcraftException BLUEPRINT_MALFORMED with every problem and its place,
   *     PAYLOAD_TOO_LARGE or PAYLOAD_TOO_DEEP
   */
  public static Blueprint read(String text, BlueprintLimits limits) {
    Object data =
        JsonReader.readStrictly(text, limits.data(), BLUEPRINT, ErrorCode.BLUEPRINT_MALFORMED);
    return new BlueprintReader(limits, BLUEPRINT).blueprint(data);
  }

  /**
   * Reads a blueprint from maps and lists, with {@link BlueprintLimits#DEFAULT}.
   *
   * @throws FlowcraftException as {@link #read(String, BlueprintLimits)} does
   */
  public static Blueprint read(Map<String, ? extends @Nullable Object> raw) {
    BlueprintLimits limits = BlueprintLimits.DEFAULT;
    Object data = JsonValues.normalize(raw, limits.data(), BLUEPRINT);
    return new BlueprintReader(limits, BLUEPRINT).blueprint(data);
  }

  /**
   * Reads a single node from a map, as it stands in a blueprint.
   *
   * @throws FlowcraftException as {@link #read(String, BlueprintLimits)} does
   */
  public static NodeDefinition readNode(@Nullable Object raw) {
    BlueprintLimits limits = BlueprintLimits.DEFAULT;
    Object data = JsonValues.normalize(raw, limits.data(), "the node");
    return new BlueprintReader(limits, "the node").node(data);
  }

  /**
   * Reads a single edge from a map, as it stands in a blueprint.
   *
   * @throws FlowcraftException as {@link #read(String, BlueprintLimits)} does
   */
  public static EdgeDefinition readEdge(@Nullable Object raw) {
    BlueprintLimits limits = BlueprintLimits.DEFAULT;
    Object data = JsonValues.normalize(raw, limits.data(), "the edge");
    return new BlueprintReader(limits, "the edge").edge(data);
  }

  /**
   * The blueprint as JSON text.
   *
   * @throws FlowcraftException VALUE_UNSERIALIZABLE if its parameters or metadata are no data
   */
  public static String write(Blueprint blueprint) {
    return JsonWriter.write(toMap(blueprint));
  }

  /**
   * The blueprint as normalized data.
   *
   * @throws FlowcraftException VALUE_UNSERIALIZABLE if its parameters or metadata are no data
   */
  public static Map<String, @Nullable Object> toMap(Blueprint blueprint) {
    return frozen(BlueprintWriter.blueprint(blueprint), "blueprint \"" + blueprint.id() + "\"");
  }

  /**
   * The node as normalized data.
   *
   * @throws FlowcraftException VALUE_UNSERIALIZABLE if its parameters are no data
   */
  public static Map<String, @Nullable Object> toMap(NodeDefinition node) {
    return frozen(BlueprintWriter.node(node), "node \"" + node.id() + "\"");
  }

  /** The edge as normalized data. */
  public static Map<String, @Nullable Object> toMap(EdgeDefinition edge) {
    return frozen(BlueprintWriter.edge(edge), "the edge of \"" + edge.source() + "\"");
  }

  @SuppressWarnings("unchecked") // a map stays a map
  private static Map<String, @Nullable Object> frozen(
      Map<String, @Nullable Object> map, String what) {
    Object frozen = JsonValues.normalize(map, JsonSerializer.DEFAULT_LIMITS, what);
    return (Map<String, @Nullable Object>) Objects.requireNonNull(frozen);
  }
}
