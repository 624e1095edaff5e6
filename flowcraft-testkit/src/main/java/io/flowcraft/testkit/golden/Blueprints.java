package io.flowcraft.testkit.golden;

import io.flowcraft.blueprint.Blueprint;
import io.flowcraft.json.BlueprintJson;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The blueprints of a case, read by the library. */
final class Blueprints {

  private Blueprints() {}

  /** Reads a raw blueprint as leniently as the original. */
  static Blueprint read(Map<String, @Nullable Object> raw) {
    return BlueprintJson.read(raw);
  }

  /** The blueprint that a case runs. */
  static Blueprint main(GoldenCase golden) {
    return read(golden.mainBlueprint());
  }

  /** All blueprints of a case, each under the key that subflows call it by. */
  static List<Blueprint> all(GoldenCase golden) {
    List<Blueprint> all = new ArrayList<>();
    all.add(main(golden));
    golden
        .blueprints()
        .forEach(
            (key, raw) -> {
              Blueprint read = read(raw);
              if (!read.id().equals(all.get(0).id()) || !key.equals(golden.main())) {
                all.add(new Blueprint(key, read.nodes(), read.edges(), read.metadata()));
              }
            });
    return all;
  }
}
