package io.flowcraft.runtime.internal.engine;

import io.flowcraft.blueprint.Blueprint;
import io.flowcraft.json.BlueprintJson;
import io.flowcraft.spi.RunRecord;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The blueprints that this engine can run, by id for new runs and by content for old ones. */
public final class Definitions {

  private final Values values;
  private final Map<String, Definition> byId = new ConcurrentHashMap<>();
  private final Map<String, Definition> byHash = new ConcurrentHashMap<>();

  /** No definitions yet. */
  public Definitions(Values values) {
    this.values = values;
  }

  /** Registers a blueprint under an id of the caller's choice. */
  public void register(String id, CompiledBlueprint blueprint) {
    byId.put(id, definition(blueprint));
  }

  @Nullable Definition find(String id) {
    return byId.get(id);
  }

  /** The definition that a run began with. */
  Definition of(RunRecord run) {
    Definition known = byHash.get(run.blueprintHash());
    if (known == null) {
      known =
          definition(
              CompiledBlueprint.of(
                  BlueprintJson.read(StoredOptions.data(run.blueprint().value()))));
    }
    return known;
  }

  /** A definition that nobody will ask for again. */
  Definition once(Blueprint blueprint) {
    return new Definition(CompiledBlueprint.of(blueprint), values);
  }

  private Definition definition(CompiledBlueprint blueprint) {
    return byHash.computeIfAbsent(blueprint.hash(), hash -> new Definition(blueprint, values));
  }

  /** The ids of all registered blueprints. */
  public Set<String> ids() {
    return Set.copyOf(byId.keySet());
  }
}
