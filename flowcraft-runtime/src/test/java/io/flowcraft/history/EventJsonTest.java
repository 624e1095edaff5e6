package io.flowcraft.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.flowcraft.error.ErrorCode;
import io.flowcraft.error.FlowcraftException;
import io.flowcraft.event.FlowEvent;
import io.flowcraft.event.FlowEvent.ContextChanged;
import io.flowcraft.event.FlowEvent.NodeFinished;
import io.flowcraft.event.FlowEvent.NodeStarted;
import io.flowcraft.event.FlowEvent.RunStalled;
import io.flowcraft.json.JsonSerializer;
import io.flowcraft.node.NodeResult;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class EventJsonTest {

  private final JsonSerializer json = new JsonSerializer();

  @Test
  void everyKindOfEventIsTried() {
    assertThat(Events.everyKind().stream().map(Object::getClass).collect(Collectors.toSet()))
        .containsExactlyInAnyOrder(FlowEvent.class.getPermittedSubclasses());
  }

  @TestFactory
  Stream<DynamicTest> whatIsWrittenIsReadAsTheSameEvent() {
    return Events.everyKind().stream()
        .map(event -> DynamicTest.dynamicTest(event.toString(), () -> assertSurvivesAsText(event)));
  }

  private void assertSurvivesAsText(FlowEvent event) {
    String text = json.serialize(EventJson.toMap(event));

    FlowEvent read = EventJson.read(json.deserialize(text));

    assertThat(read).hasSameClassAs(event);
    assertThat(read.type()).isEqualTo(event.type());
    assertThat(read).usingRecursiveComparison().isEqualTo(event);
  }

  @Test
  void anAbsentValueIsNotTheValueNull() {
    assertThat(EventJson.toMap(new NodeStarted(Events.ORIGIN, "a", "", false, null)))
        .doesNotContainKey("input");
    assertThat(EventJson.toMap(new NodeStarted(Events.ORIGIN, "a", "", true, null)))
        .containsEntry("input", null);
    assertThat(EventJson.toMap(new ContextChanged(Events.ORIGIN, "a", "k", true, null)))
        .doesNotContainKey("value");
    assertThat(EventJson.toMap(new NodeFinished(Events.ORIGIN, "a", "", NodeResult.none())))
        .containsEntry("result", Map.of());
  }

  @Test
  void theFormIsWhatOthersRelyOn() {
    assertThat(
            json.serialize(
                EventJson.toMap(
                    new NodeFinished(Events.CHILD, "a", "pages#1", NodeResult.output(1)))))
        .isEqualTo(
            "{\"type\":\"node:finish\",\"runId\":\"run/pay\",\"blueprintId\":\"payment\","
                + "\"parentRunId\":\"run\",\"at\":\"2026-11-23T10:00:01Z\",\"nodeId\":\"a\","
                + "\"iteration\":\"pages#1\",\"result\":{\"output\":1}}");
  }

  @Test
  void unknownMembersAreIgnored() {
    for (FlowEvent event : Events.everyKind()) {
      Map<String, Object> members = new LinkedHashMap<>(EventJson.toMap(event));
      members.put("later", Map.of("version", 2));

      assertThat(EventJson.read(members)).usingRecursiveComparison().isEqualTo(event);
    }
  }

  @Test
  void anUnknownTypeIsRefused() {
    Map<String, Object> members = changed("type", "node:teleport");

    assertThatExceptionOfType(FlowcraftException.class)
        .isThrownBy(() -> EventJson.read(members))
        .withMessageContaining("\"node:teleport\"")
        .withMessageContaining("this version does not know")
        .withMessageContaining("node:start")
        .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.HISTORY_MALFORMED));
  }

  @Test
  void anErrorNamesTheMemberAndNotItsValue() {
    assertThatExceptionOfType(FlowcraftException.class)
        .isThrownBy(() -> EventJson.read(changed("remainingNodes", "secret")))
        .withMessageContaining("\"workflow:stall\"")
        .withMessageContaining("\"remainingNodes\"")
        .withMessageContaining("an integer")
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("secret"));
    for (Object at : new Object[] {null, 17, "yesterday"}) {
      assertThatExceptionOfType(FlowcraftException.class)
          .isThrownBy(() -> EventJson.read(changed("at", at)))
          .withMessageContaining("\"at\"");
    }
  }

  @Test
  void whatIsNoEventIsRefused() {
    for (Object raw : new Object[] {null, "text", List.of(), Map.of(), Map.of("type", 1)}) {
      assertThatExceptionOfType(FlowcraftException.class)
          .isThrownBy(() -> EventJson.read(raw))
          .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.HISTORY_MALFORMED));
    }
  }

  private static Map<String, Object> changed(String member, Object value) {
    Map<String, Object> members =
        new LinkedHashMap<>(EventJson.toMap(new RunStalled(Events.ORIGIN, 3)));
    members.put(member, value);
    return members;
  }
}
