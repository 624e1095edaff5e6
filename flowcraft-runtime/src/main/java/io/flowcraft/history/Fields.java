package io.flowcraft.history;

import io.flowcraft.error.ErrorCode;
import io.flowcraft.error.FlowcraftException;
import io.flowcraft.event.FlowEvent;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The members of a written event, asked for by type. What does not fit is an error that names the
 * member and never quotes its value, which may be secret.
 */
final class Fields {

  static final String TYPE = "type";
  static final String RUN_ID = "runId";
  static final String BLUEPRINT_ID = "blueprintId";
  static final String PARENT_RUN_ID = "parentRunId";
  static final String AT = "at";

  private static final String TEXT = "a text";
  private static final String TIME = "a time such as \"2026-01-31T12:00:00Z\"";

  private final Map<?, ?> members;
  private final String what;

  private Fields(Map<?, ?> members, String what) {
    this.members = members;
    this.what = what;
  }

  static Fields of(@Nullable Object data, String what) {
    if (data instanceof Map<?, ?> map) {
      return new Fields(map, what);
    }
    throw malformed(what, "found no map", "expected the members of an event");
  }

  /** How messages call an event. */
  static String subject(String type) {
    return "the event \"" + type + "\"";
  }

  /** The same members under another name in messages. */
  Fields named(String other) {
    return new Fields(members, other);
  }

  String what() {
    return what;
  }

  FlowEvent.Origin origin() {
    return new FlowEvent.Origin(
        text(RUN_ID), text(BLUEPRINT_ID), optionalText(PARENT_RUN_ID), time(AT));
  }

  boolean has(String name) {
    return members.containsKey(name);
  }

  @Nullable Object raw(String name) {
    return members.get(name);
  }

  String text(String name) {
    String text = optionalText(name);
    if (text == null) {
      throw refused(name, TEXT);
    }
    return text;
  }

  @Nullable String optionalText(String name) {
    Object value = members.get(name);
    if (value == null || value instanceof String) {
      return (String) value;
    }
    throw refused(name, TEXT);
  }

  boolean flag(String name) {
    if (members.get(name) instanceof Boolean flag) {
      return flag;
    }
    throw refused(name, "true or false");
  }

  int integer(String name) {
    if (members.get(name) instanceof Integer number) {
      return number;
    }
    throw refused(name, "an integer");
  }

  Instant time(String name) {
    Instant time = optionalTime(name);
    if (time == null) {
      throw refused(name, TIME);
    }
    return time;
  }

  @Nullable Instant optionalTime(String name) {
    String text = optionalText(name);
    try {
      return text == null ? null : Instant.parse(text);
    } catch (DateTimeParseException e) {
      throw refused(name, TIME);
    }
  }

  <E extends Enum<E>> E constant(String name, Class<E> type) {
    String text = text(name);
    for (E constant : type.getEnumConstants()) {
      if (constant.name().equals(text)) {
        return constant;
      }
    }
    throw refused(name, "a " + type.getSimpleName());
  }

  List<?> list(String name) {
    if (members.get(name) instanceof List<?> list) {
      return list;
    }
    throw refused(name, "a list");
  }

  /** A list of texts; empty if there is none. */
  List<String> texts(String name) {
    List<String> texts = new ArrayList<>();
    for (Object element : has(name) ? list(name) : List.of()) {
      if (!(element instanceof String text)) {
        throw refused(name, "a list of texts");
      }
      texts.add(text);
    }
    return List.copyOf(texts);
  }

  /** The members of a map below. */
  Fields inner(String name) {
    return inner(name, members.get(name));
  }

  /** The members of each map in a list. */
  List<Fields> each(String name) {
    List<Fields> elements = new ArrayList<>();
    list(name).forEach(element -> elements.add(inner(name, element)));
    return elements;
  }

  private Fields inner(String name, @Nullable Object value) {
    if (value instanceof Map<?, ?> map) {
      return new Fields(map, what + ", at \"" + name + "\"");
    }
    throw refused(name, "a map");
  }

  FlowcraftException refused(String name, String expected) {
    return malformed(
        what,
        (has(name) ? "found something else" : "found nothing") + " under \"" + name + "\"",
        "expected " + expected);
  }

  static FlowcraftException malformed(String what, String found, String expected) {
    return new FlowcraftException(
        ErrorCode.HISTORY_MALFORMED,
        Character.toUpperCase(what.charAt(0))
            + what.substring(1)
            + " can't be read: "
            + found
            + "; "
            + expected
            + ". A newer version may have recorded it: read it with that one.",
        null,
        true);
  }
}
