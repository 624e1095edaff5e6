package io.flowcraft.json;

import io.flowcraft.error.ErrorCode;
import io.flowcraft.error.FlowcraftException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.DatabindException;

/** One walk through a value, copying it into frozen data. */
final class Normalizer {

  private final Limits limits;
  private final String what;
  private final Trail trail = new Trail();
  private long length;
  private boolean converted;

  Normalizer(Limits limits, String what) {
    this.limits = limits;
    this.what = what;
  }

  @Nullable Object normalize(@Nullable Object value) {
    try {
      return walk(value, 0);
    } catch (FlowcraftException e) {
      throw e;
    } catch (RuntimeException e) {
      // A collection of the user's failed while it was read, for instance because it was changed.
      throw new FlowcraftException(
          ErrorCode.VALUE_UNSERIALIZABLE,
          Subject.of(what)
              + " can't be stored: reading it failed with \""
              + e
              + "\"; expected data that nobody changes meanwhile. Hand over a finished copy.",
          e);
    }
  }

  private @Nullable Object walk(@Nullable Object value, int level) {
    if (value == null || value instanceof Boolean) {
      return scalar(value, level);
    }
    if (value instanceof CharSequence || value instanceof Character) {
      return scalar(value.toString(), level);
    }
    if (value instanceof FrozenMap map) {
      return known(map, map.textLength(), map.depth(), level);
    }
    if (value instanceof FrozenList list) {
      return known(list, list.textLength(), list.depth(), level);
    }
    if (value instanceof Map<?, ?> map) {
      return walkMap(map, level);
    }
    if (value instanceof Collection<?> collection) {
      return walkList(collection, level);
    }
    if (value instanceof Object[] array) {
      return walkList(Arrays.asList(array), level);
    }
    if (value instanceof byte[] bytes) {
      return scalar(Base64.getEncoder().encodeToString(bytes), level);
    }
    Number number = value instanceof Number some ? number(some, level) : null;
    return number != null ? scalar(number, level) : convert(value, level);
  }

  private @Nullable Object scalar(@Nullable Object value, int level) {
    grow(TextLength.of(value), level);
    return value;
  }

  private Object known(Object frozen, long textLength, int depth, int level) {
    if (level + depth > limits.maxDepth()) {
      throw tooDeep(level);
    }
    grow(textLength, level);
    return frozen;
  }

  private @Nullable Number number(Number value, int level) {
    if (JsonNumbers.isTooLong(value)) {
      throw new FlowcraftException(
          ErrorCode.PAYLOAD_TOO_LARGE,
          Subject.of(what)
              + " can't be stored: found a number of more than "
              + JsonNumbers.MAX_DIGITS
              + " digits"
              + trail.place(level)
              + ". Hand it over as text.");
    }
    if (value instanceof Double || value instanceof Float) {
      Number canonical = JsonNumbers.canonical(value);
      if (canonical == null) {
        throw unserializable("the number \"" + value + "\"", level, null);
      }
      return canonical;
    }
    return JsonNumbers.canonical(value);
  }

  private Object walkList(Collection<?> list, int level) {
    if (list.isEmpty()) {
      return known(FrozenList.EMPTY, 2, 1, level);
    }
    long start = enter(list, level);
    requireRoom(list.size(), level);
    List<@Nullable Object> elements = new ArrayList<>(list.size());
    int depth = 0;
    for (Object element : list) {
      trail.at(level, elements.size());
      Object child = walk(element, level + 1);
      elements.add(child);
      depth = Math.max(depth, depthOf(child));
      grow(1, level);
    }
    trail.leave(level);
    return new FrozenList(elements.toArray(), length - start, depth + 1);
  }

  private @Nullable Object walkMap(Map<?, ?> map, int level) {
    if (map.isEmpty()) {
      return known(FrozenMap.EMPTY, 2, 1, level);
    }
    long start = enter(map, level);
    requireRoom(map.size(), level);
    Map<String, @Nullable Object> members = new LinkedHashMap<>((int) (map.size() / 0.75f) + 1);
    int depth = 0;
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      if (!(entry.getKey() instanceof String key)) {
        length = start;
        return convert(map, level);
      }
      trail.at(level, key);
      if (!isWellFormed(key)) {
        throw unserializable(
            "a name with half a surrogate pair, which no text can keep", level, null);
      }
      Object child = walk(entry.getValue(), level + 1);
      members.put(key, child);
      depth = Math.max(depth, depthOf(child));
      grow(key.length() + 4L, level);
    }
    trail.leave(level);
    return new FrozenMap(members, length - start, depth + 1);
  }

  private static boolean isWellFormed(String name) {
    for (int i = 0; i < name.length(); i++) {
      if (Character.isSurrogate(name.charAt(i)) && JsonWriter.isLoneSurrogate(name, i)) {
        return false;
      }
    }
    return true;
  }

  /** Has Jackson turn an object into maps and lists, and walks these instead. */
  private @Nullable Object convert(Object value, int level) {
    if (converted) {
      throw unserializable(name(value), level, null);
    }
    Object tree;
    try {
      tree = Conversion.toTree(value);
    } catch (DatabindException e) {
      // Jackson's message names the whole way to the culprit, thousands of steps if it is a cycle.
      String reason = e.getOriginalMessage().replaceFirst(" \\(to avoid exception, .*", "");
      throw unserializable(name(value) + " (" + reason + ")", level, userError(e));
    } catch (RuntimeException e) {
      throw unserializable(name(value), level, e);
    }
    converted = true;
    Object result = walk(tree, level);
    converted = false;
    return result;
  }

  private long enter(Object container, int level) {
    if (level >= limits.maxDepth()) {
      throw tooDeep(level);
    }
    trail.enter(container, level);
    long start = length;
    length += 2;
    return start;
  }

  /** Refuses what must become too large before memory is taken for it. */
  private void requireRoom(int size, int level) {
    grow(2L * size, level);
    length -= 2L * size;
  }

  private void grow(long characters, int level) {
    length += characters;
    if (length > limits.maxLength()) {
      refuseCycle(level);
      throw new FlowcraftException(
          ErrorCode.PAYLOAD_TOO_LARGE,
          Subject.of(what)
              + " can't be stored: found more than "
              + limits.maxLength()
              + " characters of JSON"
              + trail.place(level)
              + ". Keep large data elsewhere and hand over a reference, or raise the limit.");
    }
  }

  static int depthOf(@Nullable Object frozen) {
    if (frozen instanceof FrozenMap map) {
      return map.depth();
    }
    return frozen instanceof FrozenList list ? list.depth() : 0;
  }

  private FlowcraftException tooDeep(int level) {
    refuseCycle(level);
    return new FlowcraftException(
        ErrorCode.PAYLOAD_TOO_DEEP,
        Subject.of(what)
            + " can't be stored: found more than "
            + limits.maxDepth()
            + " lists and maps nested in each other"
            + trail.place(Math.min(level, 10))
            + ". Flatten the data, or raise the limit.");
  }

  private void refuseCycle(int level) {
    int again = trail.cycle(level);
    if (again >= 0) {
      throw unserializable("a list or map that contains itself", again, null);
    }
  }

  private static String name(Object value) {
    return "an object of class \"" + value.getClass().getName() + "\"";
  }

  private static @Nullable Throwable userError(DatabindException e) {
    return e.getCause() instanceof Exception error && !(error instanceof DatabindException)
        ? error
        : null;
  }

  private FlowcraftException unserializable(String found, int level, @Nullable Throwable cause) {
    return new FlowcraftException(
        ErrorCode.VALUE_UNSERIALIZABLE,
        Subject.of(what)
            + " can't be stored: found "
            + found
            + trail.place(level)
            + "; expected null, boolean, finite number, text, list, map, or an object that Jackson"
            + " writes as such. Hand over an id or a plain copy instead.",
        cause,
        false);
  }
}
