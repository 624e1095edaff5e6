package io.flowcraft.json;

import io.flowcraft.blueprint.Blueprint;
import io.flowcraft.blueprint.EdgeDefinition;
import io.flowcraft.blueprint.InputMapping;
import io.flowcraft.blueprint.Join;
import io.flowcraft.blueprint.NodeConfig;
import io.flowcraft.blueprint.NodeDefinition;
import io.flowcraft.blueprint.Retry;
import io.flowcraft.blueprint.SourceLocation;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Draws blueprints that use everything the format has. */
final class RandomBlueprints {

  private static final List<String> IDS = List.of("a", "b", "c-d", "e.f", "größe", "g h");

  private final Random random;
  private final RandomData data;

  RandomBlueprints(Random random) {
    this.random = random;
    this.data = new RandomData(random);
  }

  Blueprint blueprint() {
    return new Blueprint(id(), several(this::node), several(this::edge), data());
  }

  private NodeDefinition node() {
    return new NodeDefinition(id(), id(), data(), inputs(), config(), location());
  }

  private EdgeDefinition edge() {
    return new EdgeDefinition(
        id(), id(), maybe(data::text), maybe(data::text), maybe(data::text), location());
  }

  /** Data in the one form that reading gives it. */
  @SuppressWarnings("unchecked") // a map stays a map
  private Map<String, Object> data() {
    return (Map<String, Object>) JsonValues.normalize(data.map(), "data");
  }

  private InputMapping inputs() {
    Map<String, String> keyed = new LinkedHashMap<>();
    several(this::id).forEach(key -> keyed.put(key, id()));
    return maybe(() -> random.nextBoolean() ? InputMapping.from(id()) : InputMapping.from(keyed));
  }

  private NodeConfig config() {
    Join join = oneOf(List.of(Join.all(), Join.any(), Join.every(), Join.atLeast(2)));
    return new NodeConfig(retry(), maybe(this::duration), maybe(this::id), maybe(() -> join));
  }

  private Retry retry() {
    Retry plain = Retry.fixed(duration()).maxAttempts(1 + random.nextInt(4));
    if (random.nextBoolean()) {
      return plain;
    }
    return new Retry(
        plain.maxAttempts(),
        plain.delay(),
        oneOf(List.of(1.0, 1.5, 2.0)),
        duration(),
        oneOf(List.of(0.0, 0.25, 1.0)),
        oneOf(List.of(List.of(), List.of("java.io.IOException"))));
  }

  private Duration duration() {
    return switch (random.nextInt(3)) {
      case 0 -> Duration.ZERO;
      case 1 -> Duration.ofMillis(random.nextInt(Integer.MAX_VALUE));
      default -> Duration.ofNanos(random.nextInt(Integer.MAX_VALUE));
    };
  }

  private SourceLocation location() {
    return maybe(() -> new SourceLocation("flow.ts", random.nextInt(100), 14));
  }

  private String id() {
    return oneOf(IDS);
  }

  private <T> T oneOf(List<T> values) {
    return values.get(random.nextInt(values.size()));
  }

  private <T> T maybe(Supplier<T> value) {
    return random.nextBoolean() ? value.get() : null;
  }

  private <T> List<T> several(Supplier<T> value) {
    return Stream.generate(value).limit(random.nextInt(5)).toList();
  }
}
