package io.flowcraft.history;

import io.flowcraft.event.FlowEvent;
import io.flowcraft.json.JsonSerializer;
import io.flowcraft.json.JsonValues;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Events as JSON-like data.
 *
 * <p>Members of every event are {@code type} (the npm library's name), {@code runId}, {@code
 * blueprintId}, {@code parentRunId} if there is one, and {@code at} (ISO 8601, as fine as the clock
 * was); the others are the components of the event's record. What may be absent is left out, so
 * that {@code "input": null} is an input and no member {@code input} is none. What was written is
 * read as an equal event, as far as its values were data. Unknown members are ignored.
 */
public final class EventJson {

  private EventJson() {}

  /**
   * The event as normalized data.
   *
   * @throws io.flowcraft.error.FlowcraftException VALUE_UNSERIALIZABLE if a value in it is no data,
   *     PAYLOAD_TOO_LARGE or PAYLOAD_TOO_DEEP
   */
  public static Map<String, @Nullable Object> toMap(FlowEvent event) {
    Map<String, @Nullable Object> members = new LinkedHashMap<>();
    FlowEvent.Origin origin = event.origin();
    members.put(Fields.TYPE, event.type());
    members.put(Fields.RUN_ID, origin.runId());
    members.put(Fields.BLUEPRINT_ID, origin.blueprintId());
    if (origin.parentRunId() != null) {
      members.put(Fields.PARENT_RUN_ID, origin.parentRunId());
    }
    members.put(Fields.AT, origin.at().toString());
    EventCodecs.of(event).write(event, members);
    return frozen(members, Fields.subject(event.type()));
  }

  /**
   * The event of a map.
   *
   * @throws io.flowcraft.error.FlowcraftException HISTORY_MALFORMED if it is none, or one of a type
   *     that this version does not know
   */
  public static FlowEvent read(@Nullable Object raw) {
    Object data = JsonValues.normalize(raw, JsonSerializer.DEFAULT_LIMITS, "the event");
    Fields members = Fields.of(data, "the event");
    Fields event = members.named(Fields.subject(members.text(Fields.TYPE)));
    return EventCodecs.of(event).read(event);
  }

  @SuppressWarnings("unchecked") // a map stays a map
  private static Map<String, @Nullable Object> frozen(
      Map<String, @Nullable Object> map, String what) {
    Object frozen = JsonValues.normalize(map, JsonSerializer.DEFAULT_LIMITS, what);
    return (Map<String, @Nullable Object>) Objects.requireNonNull(frozen);
  }
}
