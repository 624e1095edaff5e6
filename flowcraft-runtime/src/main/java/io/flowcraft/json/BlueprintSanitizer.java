package io.flowcraft.json;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Strips a raw blueprint of what drawing tools add to it: of nodes, edges and the whole only the
 * members with a meaning stay. Nothing is checked and nothing repaired; {@link BlueprintJson} does
 * the checking.
 */
public final class BlueprintSanitizer {

  private static final List<String> NODE = List.of("id", "uses", "params", "inputs", "config");
  private static final List<String> EDGE =
      List.of("source", "target", "action", "condition", "transform");

  private BlueprintSanitizer() {}

  /** The same blueprint with lists of plain nodes and edges. */
  public static Map<String, @Nullable Object> sanitize(
      Map<String, ? extends @Nullable Object> raw) {
    Map<String, @Nullable Object> clean = new LinkedHashMap<>();
    keep(raw, "id", clean);
    clean.put("nodes", elements(raw.get("nodes"), NODE));
    clean.put("edges", elements(raw.get("edges"), EDGE));
    keep(raw, "metadata", clean);
    return clean;
  }

  private static List<Map<String, @Nullable Object>> elements(
      @Nullable Object raw, List<String> members) {
    Collection<?> elements = List.of();
    if (raw instanceof Collection<?> list) {
      elements = list;
    } else if (raw instanceof Map<?, ?> keyed) {
      elements = keyed.values();
    }
    return elements.stream().map(element -> element(element, members)).toList();
  }

  private static Map<String, @Nullable Object> element(@Nullable Object raw, List<String> members) {
    Map<String, @Nullable Object> clean = new LinkedHashMap<>();
    if (raw instanceof Map<?, ?> map) {
      members.forEach(name -> keep(map, name, clean));
    }
    return clean;
  }

  private static void keep(Map<?, ?> from, String name, Map<String, @Nullable Object> to) {
    if (from.containsKey(name)) {
      to.put(name, from.get(name));
    }
  }
}
