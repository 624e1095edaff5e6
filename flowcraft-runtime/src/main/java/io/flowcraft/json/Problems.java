package io.flowcraft.json;

import io.flowcraft.error.ErrorCode;
import io.flowcraft.error.FlowcraftException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Collects what is wrong with a document, so that everything can be reported at once. */
final class Problems {

  /** More than anybody reads; the rest is counted. */
  private static final int MAX_LISTED = 100;

  private static final int MAX_QUOTED = 80;

  private final String what;
  private final List<String> lines = new ArrayList<>();
  private int count;

  Problems(String what) {
    this.what = what;
  }

  /** Notes a problem. */
  void add(String place, @Nullable Object found, String expected) {
    note(place, "found " + quote(found) + ", expected " + expected);
  }

  /** Notes a missing member. */
  void addMissing(String place, String member, String expected) {
    note(place, "found no member \"" + member + "\", expected " + expected);
  }

  /** Reports the problems, if there are any. */
  void throwIfAny() {
    if (count == 0) {
      return;
    }
    StringBuilder message = new StringBuilder(Subject.of(what)).append(" can't be read: found ");
    message.append(count == 1 ? "1 problem" : count + " problems");
    lines.forEach(line -> message.append("\n- ").append(line));
    if (count > lines.size()) {
      message.append("\n- and ").append(count - lines.size()).append(" more");
    }
    message.append("\nCorrect them and read it again.");
    throw new FlowcraftException(ErrorCode.BLUEPRINT_MALFORMED, message.toString());
  }

  private void note(String place, String text) {
    count++;
    if (lines.size() < MAX_LISTED) {
      lines.add((place.isEmpty() ? "" : "at \"" + place + "\": ") + text);
    }
  }

  /** Lists and maps are named only: they may hold anything, and much of it. */
  private static String quote(@Nullable Object found) {
    if (found instanceof Map<?, ?>) {
      return "a map";
    }
    if (found instanceof List<?>) {
      return "a list";
    }
    String text = String.valueOf(found);
    String start = text.length() > MAX_QUOTED ? text.substring(0, MAX_QUOTED) + "…" : text;
    return found instanceof String ? "\"" + start + "\"" : start;
  }
}
