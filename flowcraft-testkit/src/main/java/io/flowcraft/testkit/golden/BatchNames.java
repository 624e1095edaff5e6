package io.flowcraft.testkit.golden;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Puts {@code <batch:S:k>} in the place of the id of the k-th batch that the node S has started,
 * wherever worker ids and item keys carry it.
 */
final class BatchNames {

  private record Rename(String from, String to) {}

  private final GoldenCase golden;
  private final Map<String, Integer> counts = new HashMap<>();
  private final List<Rename> renames = new ArrayList<>();

  BatchNames(GoldenCase golden) {
    this.golden = golden;
  }

  /** The outcome with its batch ids replaced; batches of earlier steps are remembered. */
  StepOutcome rename(StepOutcome outcome) {
    if (outcome.events() != null) {
      outcome.events().forEach(event -> learn(Tree.map(event)));
    }
    if (renames.isEmpty()) {
      return outcome;
    }
    Map<String, @Nullable Object> renamed = Tree.map(rename(outcome.asTree()));
    renamed.put("maxInFlight", outcome.maxInFlight());
    return StepOutcome.read(renamed);
  }

  private void learn(Map<String, @Nullable Object> event) {
    if (!"batch:start".equals(event.get("type"))) {
      return;
    }
    String scatter = Tree.text(event, "scatterNodeId");
    int number = counts.merge(scatter, 1, Integer::sum);
    String prefix = workerKey(scatter) + "_";
    List<String> workers = Tree.texts(event.get("workerNodeIds"));
    if (workers.isEmpty() || !workers.get(0).startsWith(prefix)) {
      return;
    }
    String worker = workers.get(0);
    String id = worker.substring(prefix.length(), worker.lastIndexOf('_'));
    String name = "<batch:" + scatter + ":" + number + ">";
    renames.add(new Rename(prefix + id + "_", prefix + name + "_"));
    String item = "_batch." + scatter + "_";
    renames.add(new Rename(item + id + "_item_", item + name + "_item_"));
  }

  private String workerKey(String scatter) {
    return golden.blueprints().values().stream()
        .flatMap(blueprint -> Tree.list(blueprint.get("nodes")).stream())
        .map(Tree::map)
        .filter(node -> scatter.equals(node.get("id")))
        .map(node -> Tree.text(Tree.map(node.get("params")), "workerUsesKey"))
        .findFirst()
        .orElse("");
  }

  private @Nullable Object rename(@Nullable Object value) {
    if (value instanceof String text) {
      return renameText(text);
    }
    if (value instanceof Map<?, ?>) {
      Map<String, @Nullable Object> copy = new LinkedHashMap<>();
      Tree.map(value).forEach((key, member) -> copy.put(renameText(key), rename(member)));
      return copy;
    }
    if (value instanceof List<?>) {
      List<@Nullable Object> copy = new ArrayList<>();
      Tree.list(value).forEach(element -> copy.add(rename(element)));
      return copy;
    }
    return value;
  }

  private String renameText(String text) {
    String renamed = text;
    for (Rename rename : renames) {
      renamed = renamed.replace(rename.from(), rename.to());
    }
    return renamed;
  }
}
