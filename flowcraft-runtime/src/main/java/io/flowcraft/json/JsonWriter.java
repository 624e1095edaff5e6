package io.flowcraft.json;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Writes normalized data as JavaScript's {@code JSON.stringify} does: no white space, members whose
 * names are list indexes first, the others in insertion order.
 */
final class JsonWriter {

  private static final char[] HEX = "0123456789abcdef".toCharArray();

  /** JavaScript treats the canonical texts of 0 to 2^32 - 2 as indexes. */
  private static final long MAX_INDEX = 4_294_967_294L;

  private static final int LARGEST_GUESS = 1 << 20;

  private final StringBuilder out;
  private final boolean canonical;

  private JsonWriter(@Nullable Object normalized, boolean canonical) {
    this.out = new StringBuilder((int) Math.min(TextLength.of(normalized), LARGEST_GUESS) + 16);
    this.canonical = canonical;
    value(normalized);
  }

  static String write(@Nullable Object normalized) {
    return new JsonWriter(normalized, false).out.toString();
  }

  /** The text that all equal data have: members sorted by name, whole numbers as integers. */
  static String writeCanonically(@Nullable Object normalized) {
    return new JsonWriter(normalized, true).out.toString();
  }

  private void value(@Nullable Object value) {
    if (value instanceof String text) {
      text(text);
    } else if (value instanceof Map<?, ?> map) {
      if (canonical) {
        sorted(map);
      } else {
        object(map);
      }
    } else if (value instanceof List<?> list) {
      array(list);
    } else if (value instanceof Number number) {
      out.append(JsonNumbers.text(canonical ? JsonNumbers.whole(number) : number));
    } else {
      out.append(value);
    }
  }

  private void array(List<?> list) {
    out.append('[');
    for (int i = 0; i < list.size(); i++) {
      if (i > 0) {
        out.append(',');
      }
      value(list.get(i));
    }
    out.append(']');
  }

  private void object(Map<?, ?> map) {
    List<String> indexes = indexes(map);
    out.append('{');
    for (String index : indexes) {
      member(index, map.get(index));
    }
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      String name = (String) entry.getKey();
      if (indexes.isEmpty() || !isIndex(name)) {
        member(name, entry.getValue());
      }
    }
    out.append('}');
  }

  private void sorted(Map<?, ?> map) {
    out.append('{');
    new TreeMap<>(map).forEach((name, value) -> member((String) name, value));
    out.append('}');
  }

  private void member(String name, @Nullable Object value) {
    if (out.charAt(out.length() - 1) != '{') {
      out.append(',');
    }
    text(name);
    out.append(':');
    value(value);
  }

  private static List<String> indexes(Map<?, ?> map) {
    List<String> indexes = List.of();
    for (Object key : map.keySet()) {
      if (isIndex((String) key)) {
        if (indexes.isEmpty()) {
          indexes = new ArrayList<>();
        }
        indexes.add((String) key);
      }
    }
    if (indexes.size() > 1) {
      indexes.sort(Comparator.comparingLong(Long::parseLong));
    }
    return indexes;
  }

  private static boolean isIndex(String name) {
    if (name.isEmpty() || name.length() > 10 || (name.charAt(0) == '0' && name.length() > 1)) {
      return false;
    }
    for (int i = 0; i < name.length(); i++) {
      if (name.charAt(i) < '0' || name.charAt(i) > '9') {
        return false;
      }
    }
    return Long.parseLong(name) <= MAX_INDEX;
  }

  private void text(String text) {
    out.append('"');
    int plain = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c >= ' ' && c != '"' && c != '\\' && !isLoneSurrogate(text, i)) {
        continue;
      }
      out.append(text, plain, i);
      escape(c);
      plain = i + 1;
    }
    out.append(text, plain, text.length()).append('"');
  }

  static boolean isLoneSurrogate(String text, int index) {
    char c = text.charAt(index);
    if (!Character.isSurrogate(c)) {
      return false;
    }
    if (Character.isHighSurrogate(c)) {
      return index + 1 == text.length() || !Character.isLowSurrogate(text.charAt(index + 1));
    }
    return index == 0 || !Character.isHighSurrogate(text.charAt(index - 1));
  }

  private void escape(char c) {
    out.append('\\');
    switch (c) {
      case '"', '\\' -> out.append(c);
      case '\b' -> out.append('b');
      case '\f' -> out.append('f');
      case '\n' -> out.append('n');
      case '\r' -> out.append('r');
      case '\t' -> out.append('t');
      default -> {
        out.append('u');
        for (int shift = 12; shift >= 0; shift -= 4) {
          out.append(HEX[(c >> shift) & 0xf]);
        }
      }
    }
  }
}
