package io.flowcraft.json;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * The members of a map within a document, asked for by type. What does not fit is noted as a
 * problem and counts as absent, and so does null.
 */
final class Members {

  private static final String TEXT = "a text that is not empty";

  private final Map<?, ?> map;
  private final String place;
  private final Problems problems;

  private Members(Map<?, ?> map, String place, Problems problems) {
    this.map = map;
    this.place = place;
    this.problems = problems;
  }

  static Optional<Members> of(@Nullable Object value, String place, Problems problems) {
    if (value instanceof Map<?, ?> map) {
      return Optional.of(new Members(map, place, problems));
    }
    problems.add(place, value, "a map");
    return Optional.empty();
  }

  boolean has(String name) {
    return map.get(name) != null;
  }

  /** The names of all members. */
  Collection<?> names() {
    return map.keySet();
  }

  @Nullable Object raw(String name) {
    return map.get(name);
  }

  /** A text; a problem and the empty text if it is missing. */
  String requiredText(String name) {
    if (!has(name)) {
      problems.addMissing(place, name, TEXT);
      return "";
    }
    String text = text(name);
    if (text != null && text.isEmpty()) {
      refuse(name, TEXT);
    }
    return text == null ? "" : text;
  }

  @Nullable String text(String name) {
    Object value = map.get(name);
    if (value == null || value instanceof String) {
      return (String) value;
    }
    refuse(name, "a text");
    return null;
  }

  OptionalInt integer(String name) {
    Object value = map.get(name);
    if (value == null) {
      return OptionalInt.empty();
    }
    double number = value instanceof Number some ? some.doubleValue() : Double.NaN;
    if (number != Math.rint(number) || Math.abs(number) > Integer.MAX_VALUE) {
      refuse(name, "an integer");
      return OptionalInt.empty();
    }
    return OptionalInt.of((int) number);
  }

  /** A number from a lower bound to an upper one, both included. */
  double number(String name, double lowest, double highest, double whenAbsent) {
    Object value = map.get(name);
    if (value == null) {
      return whenAbsent;
    }
    double number = value instanceof Number some ? some.doubleValue() : Double.NaN;
    if (number >= lowest && number <= highest) {
      return number;
    }
    refuse(name, "a number from " + lowest + " to " + highest);
    return whenAbsent;
  }

  /** The members of a map below; empty if there is none. */
  Optional<Members> members(String name) {
    Object value = map.get(name);
    return value == null ? Optional.empty() : of(value, place(name), problems);
  }

  /** The elements of a list, or the values of a map. */
  List<Members> elements(String name) {
    List<Members> elements = new ArrayList<>();
    Object value = map.get(name);
    if (value instanceof List<?> list) {
      for (int i = 0; i < list.size(); i++) {
        of(list.get(i), place(name) + "/" + i, problems).ifPresent(elements::add);
      }
    } else if (value instanceof Map<?, ?> keyed) {
      keyed.forEach(
          (key, member) ->
              of(member, place(name) + "/" + step(key), problems).ifPresent(elements::add));
    } else if (value != null) {
      refuse(name, "a list or a map");
    }
    return elements;
  }

  List<String> texts(String name) {
    List<String> texts = new ArrayList<>();
    Object value = map.get(name);
    if (value instanceof List<?> list && list.stream().allMatch(String.class::isInstance)) {
      list.forEach(text -> texts.add((String) text));
    } else if (value != null) {
      refuse(name, "a list of texts");
    }
    return texts;
  }

  /** Notes that a member is not what it should be. */
  void refuse(String name, String expected) {
    problems.add(place(name), map.get(name), expected);
  }

  @SuppressWarnings("unchecked") // the document was normalized: its keys are texts
  Map<String, @Nullable Object> data() {
    return (Map<String, @Nullable Object>) map;
  }

  private String place(String name) {
    return place + "/" + step(name);
  }

  private static String step(@Nullable Object key) {
    return String.valueOf(key).replace("~", "~0").replace("/", "~1");
  }
}
