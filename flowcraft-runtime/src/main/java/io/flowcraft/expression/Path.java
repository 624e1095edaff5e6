package io.flowcraft.expression;

import io.flowcraft.spi.Scope;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A way through data: names of members, indexes of elements.
 *
 * <p>A member's name may itself contain dots, so that at every map the longest run of steps that is
 * a key wins. Only what the data itself holds can be reached, and the length of lists and texts.
 *
 * @param steps the steps, at least one
 */
record Path(List<Step> steps) {

  /** The scope's own name in an expression: gives access to keys that are no names. */
  static final String CONTEXT = "context";

  /**
   * What the engine puts into a scope itself. These never begin a longer key: otherwise a node
   * could redirect other nodes' conditions by storing, say, a key {@code result.output}.
   */
  private static final Set<String> RESERVED = Set.of("result", "input", CONTEXT);

  /** The most steps that one key is searched for; a key with more dots needs brackets. */
  private static final int LONGEST_KEY = 32;

  /**
   * A step.
   *
   * @param name a member's name or an element's index
   * @param exact whether the name stands alone, because it was written in brackets
   */
  record Step(String name, boolean exact) {}

  /** The value at the end of the path, {@link Absent#UNDEFINED} or {@link Absent#FAILED}. */
  @Nullable Object resolve(Scope scope) {
    String first = steps.get(0).name();
    if (RESERVED.contains(first)) {
      if (scope.has(first)) {
        return walk(scope.get(first), 1);
      }
      if (first.equals(CONTEXT)) {
        return steps.size() == 1 ? Absent.FAILED : member(scope, 1);
      }
    }
    return member(scope, 0);
  }

  /** The value at the end of the path, beginning at a value. */
  @Nullable Object resolveIn(@Nullable Object value) {
    return walk(value, 0);
  }

  private @Nullable Object member(Scope scope, int from) {
    int end = keyEnd(scope, from);
    if (end < 0) {
      // Like in JavaScript, a missing member is nothing, a missing variable is an error.
      return from > 0 && from == steps.size() - 1 ? Absent.UNDEFINED : Absent.FAILED;
    }
    return walk(scope.get(key(from, end)), end);
  }

  private @Nullable Object walk(@Nullable Object start, int from) {
    Object current = start;
    int next = from;
    while (next < steps.size()) {
      if (current == null || current == Absent.UNDEFINED) {
        return Absent.FAILED;
      }
      if (current instanceof Map<?, ?> map) {
        int end = keyEnd(map, next);
        current = end < 0 ? Absent.UNDEFINED : map.get(key(next, end));
        next = end < 0 ? next + 1 : end;
      } else {
        current = element(current, steps.get(next).name());
        next++;
      }
    }
    return current;
  }

  /** Where the longest key that begins with a step ends, or -1. */
  private int keyEnd(Object names, int from) {
    int end = from + 1;
    int last = Math.min(steps.size(), from + LONGEST_KEY);
    while (end < last && !steps.get(from).exact() && !steps.get(end).exact()) {
      end++;
    }
    for (; end > from; end--) {
      String key = key(from, end);
      if (names instanceof Scope scope ? scope.has(key) : ((Map<?, ?>) names).containsKey(key)) {
        return end;
      }
    }
    return -1;
  }

  private String key(int from, int end) {
    if (end == from + 1) {
      return steps.get(from).name();
    }
    StringBuilder key = new StringBuilder(steps.get(from).name());
    for (int i = from + 1; i < end; i++) {
      key.append('.').append(steps.get(i).name());
    }
    return key.toString();
  }

  /** An element or the length of a list or a text. */
  private static @Nullable Object element(Object value, String name) {
    int size = size(value);
    if (size >= 0 && name.equals("length")) {
      return size;
    }
    int index = index(name);
    if (index < 0 || index >= size) {
      return Absent.UNDEFINED;
    }
    return value instanceof List<?> list
        ? list.get(index)
        : String.valueOf(((String) value).charAt(index));
  }

  private static int size(Object value) {
    if (value instanceof List<?> list) {
      return list.size();
    }
    return value instanceof String text ? text.length() : -1;
  }

  /** The index that a name denotes, or -1: digits without a leading zero. */
  private static int index(String name) {
    if (name.isEmpty() || name.length() > 9 || (name.charAt(0) == '0' && name.length() > 1)) {
      return -1;
    }
    int index = 0;
    for (int i = 0; i < name.length(); i++) {
      int digit = name.charAt(i) - '0';
      if (digit < 0 || digit > 9) {
        return -1;
      }
      index = 10 * index + digit;
    }
    return index;
  }
}
