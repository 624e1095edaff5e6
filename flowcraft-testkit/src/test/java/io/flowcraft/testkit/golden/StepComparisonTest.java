package io.flowcraft.testkit.golden;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowcraft.json.JsonSerializer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Compares recordings with themselves, and with what was spoilt on purpose. */
class StepComparisonTest {

  private static final Path CASES = Path.of("src/test/resources/golden/visible/cases");
  private static final JsonSerializer JSON = new JsonSerializer();
  private static final List<GoldenCase> ALL = new ArrayList<>();

  @BeforeAll
  static void readAll() throws IOException {
    try (Stream<Path> files = Files.walk(CASES)) {
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        ALL.add(GoldenCase.read(Tree.map(JSON.deserialize(Files.readString(file)))));
      }
    }
  }

  @Test
  void everyRecordingEqualsItself() {
    for (GoldenCase golden : ALL) {
      for (ExpectedStep step : golden.expected()) {
        assertThat(
                new StepComparison(golden, Schedule.EAGER).differences(step, real(step.outcome())))
            .as(golden.name())
            .isEmpty();
      }
    }
  }

  @Test
  void noticesWrongStatus() {
    ExpectedStep step = step("linear-single");
    StepOutcome real = real(step.outcome());
    StepOutcome wrong =
        new StepOutcome(
            "failed", real.context(), real.errors(), null, real.events(), null, List.of());

    assertThat(differences("linear-single", wrong))
        .containsExactly("status: expected \"completed\", got \"failed\"");
  }

  @Test
  void noticesMissingWrongAndExtraContextKeys() {
    Map<String, Object> context =
        new LinkedHashMap<>(real(step("linear-chain3").outcome()).context());
    context.remove("c");
    context.put("b", 12);
    context.put("more", null);
    StepOutcome wrong = real(step("linear-chain3").outcome());

    assertThat(differences("linear-chain3", wrong.with(context, wrong.events())))
        .containsExactly(
            "context.b: expected 11, got 12",
            "context.c: expected 111, got nothing",
            "context.more: not expected, got null");
  }

  @Test
  void noticesSwappedEventsWhereTheOrderIsFixed() {
    StepOutcome real = real(step("linear-chain3").outcome());
    List<Object> events = new ArrayList<>(real.events());
    events.add(2, events.remove(3));

    assertThat(differences("linear-chain3", real.with(real.context(), events))).hasSize(2);
  }

  @Test
  void ignoresSwappedEventsWhereTheOrderIsFree() {
    StepOutcome real = real(step("errors-two-failures").outcome());
    List<Object> events = new ArrayList<>(real.events());
    events.add(4, events.remove(5));

    assertThat(differences("errors-two-failures", real.with(real.context(), events))).isEmpty();
  }

  @Test
  void noticesMissingAndExtraEventsWhereTheOrderIsFree() {
    StepOutcome real = real(step("errors-two-failures").outcome());
    List<Object> events = new ArrayList<>(real.events());
    events.set(4, Map.of("type", "node:start", "nodeId", "x"));

    assertThat(differences("errors-two-failures", real.with(real.context(), events)))
        .satisfiesExactly(
            missing -> assertThat(missing).startsWith("event missing: "),
            extra -> assertThat(extra).startsWith("event not expected: "));
  }

  @Test
  void takesNullForMissingButNotMissingForNull() {
    StepOutcome real = real(step("outputs-missing").outcome());
    Map<String, Object> context = new LinkedHashMap<>(real.context());
    context.put("a", null);
    assertThat(differences("outputs-missing", real.with(context, real.events()))).isEmpty();

    StepOutcome nulls = real(step("outputs-null").outcome());
    Map<String, Object> without = new LinkedHashMap<>(nulls.context());
    without.remove("b");
    assertThat(differences("outputs-null", nulls.with(without, nulls.events())))
        .containsExactly("context.b: expected null, got nothing");
  }

  @Test
  void wantsThrownMessagesAsTheyAre() {
    StepOutcome other =
        new StepOutcome(
            null, Map.of(), List.of(), Map.of("message", "no"), List.of(), null, List.of());

    assertThat(differences("cycles-strict-rejects", other))
        .singleElement()
        .asString()
        .startsWith("thrown.message: expected \"Workflow 'main' failed strictness check");
  }

  private static GoldenCase named(String name) {
    return ALL.stream().filter(golden -> golden.name().equals(name)).findFirst().orElseThrow();
  }

  private static ExpectedStep step(String name) {
    return named(name).expected().get(0);
  }

  private static List<String> differences(String name, StepOutcome actual) {
    return new StepComparison(named(name), Schedule.EAGER).differences(step(name), actual);
  }

  /** A recorded outcome as ours would be, were it the same. */
  private static StepOutcome real(StepOutcome recorded) {
    Map<String, Object> tree = Tree.map(realValue(recorded.asTree()));
    tree.put("maxInFlight", recorded.maxInFlight());
    tree.put("eventsOmitted", recorded.events() == null);
    return StepOutcome.read(tree);
  }

  private static Object realValue(Object value) {
    if (Notation.isUndefined(value) || Notation.isOpaque(value)) {
      return null;
    }
    if (Notation.isTime(value)) {
      return Engine.NOW.plusMillis(Notation.millis(value)).toString();
    }
    if (Notation.isJson(value)) {
      return JSON.serialize(realValue(Notation.embedded(value)));
    }
    if (value instanceof List<?> list) {
      List<Object> copy = new ArrayList<>();
      list.forEach(element -> copy.add(realValue(element)));
      return copy;
    }
    return value instanceof Map<?, ?> ? realMap(Tree.map(value)) : value;
  }

  private static Map<String, Object> realMap(Map<String, Object> map) {
    Map<String, Object> copy = new LinkedHashMap<>();
    map.forEach(
        (key, member) -> {
          if (key.equals("result") && Notation.isUndefined(member)) {
            copy.put(key, Map.of());
          } else if (!Notation.isUndefined(member)) {
            copy.put(key, realValue(member));
          }
        });
    return copy;
  }
}
