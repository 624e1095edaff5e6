package io.flowcraft.json;

import io.flowcraft.error.ErrorCode;
import io.flowcraft.error.FlowcraftException;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.exc.MismatchedInputException;

/**
 * Turns users' values into frozen JSON-like data, and such data into users' types.
 *
 * <p>Normalized data is null, Boolean, a number (Integer, Long, BigInteger; Double, BigDecimal), a
 * String, or an unmodifiable List or Map of such data, maps in insertion order. A number has one
 * form only: the smallest integer class that holds it, and BigDecimal only where a Double would
 * lose digits. Written as text and read back, normalized data is equal to what it was.
 */
public final class JsonValues {

  private JsonValues() {}

  /** {@link #normalize(Object, Limits, String)} with {@link Limits#DEFAULT}. */
  public static @Nullable Object normalize(@Nullable Object value, String what) {
    return normalize(value, Limits.DEFAULT, what);
  }

  /**
   * The value as frozen data.
   *
   * <p>Scalars and data that was normalized before are returned as they are, whatever their size.
   * Other lists and maps are copied; other objects become data through Jackson.
   *
   * @param value null, a scalar, a list, a map, or an object that Jackson can write
   * @param limits the most that it may be
   * @param what names the value in messages, for instance {@code the output of node "a"}
   * @throws FlowcraftException VALUE_UNSERIALIZABLE, PAYLOAD_TOO_LARGE or PAYLOAD_TOO_DEEP
   */
  public static @Nullable Object normalize(@Nullable Object value, Limits limits, String what) {
    if (value == null || value instanceof Boolean || value instanceof Integer) {
      return value;
    }
    if (value instanceof String text && text.length() + 2L <= limits.maxLength()) {
      return text;
    }
    if (value instanceof Long number) {
      return JsonNumbers.canonical(number);
    }
    if (value instanceof Double number && Double.isFinite(number)) {
      return JsonNumbers.canonical(number);
    }
    return isWithin(value, limits) ? value : new Normalizer(limits, what).normalize(value);
  }

  private static boolean isWithin(Object value, Limits limits) {
    if (value instanceof FrozenMap map) {
      return map.textLength() <= limits.maxLength() && map.depth() <= limits.maxDepth();
    }
    return value instanceof FrozenList list
        && list.textLength() <= limits.maxLength()
        && list.depth() <= limits.maxDepth();
  }

  /**
   * About how many characters normalized data has as JSON text; known without writing it.
   *
   * @param normalized what {@link #normalize(Object, Limits, String)} or {@link JsonSerializer}
   *     gave
   */
  public static long textLength(@Nullable Object normalized) {
    return TextLength.of(normalized);
  }

  /**
   * Data as an object of a class.
   *
   * @param what names the value in messages
   * @throws FlowcraftException VALUE_TYPE if it is null or does not convert
   */
  public static <T> T convert(@Nullable Object value, Class<T> type, String what) {
    if (type.isInstance(value)) {
      return type.cast(value);
    }
    @SuppressWarnings("unchecked") // Jackson gave what was asked for; a primitive class has no cast
    T converted = (T) convert(value, (Type) type, what);
    return converted;
  }

  /**
   * Data as an object of a type, generic ones included.
   *
   * @param what names the value in messages
   * @throws FlowcraftException VALUE_TYPE if it is null or does not convert
   */
  public static Object convert(@Nullable Object value, Type type, String what) {
    if (value == null) {
      throw mismatch(what, type, "null", null);
    }
    try {
      Object converted = Conversion.toObject(value, type);
      if (converted != null) {
        return converted;
      }
    } catch (JacksonException | IllegalArgumentException e) {
      // Jackson's own message quotes the data, which may be secret; a user's constructor decides
      // for itself what it says.
      Throwable cause = e.getCause() instanceof JacksonException ? null : e.getCause();
      throw mismatch(what, type, kind(value) + place(e), cause);
    }
    throw mismatch(what, type, kind(value), null);
  }

  private static FlowcraftException mismatch(
      String what, Type type, String found, @Nullable Throwable cause) {
    return new FlowcraftException(
        ErrorCode.VALUE_TYPE,
        Subject.of(what)
            + " can't be read as \""
            + type.getTypeName()
            + "\": found "
            + found
            + ". Ask for a type that fits the data, or change the data.",
        cause,
        false);
  }

  /** The kind only: the data itself may be secret. */
  private static String kind(Object value) {
    if (value instanceof Map<?, ?>) {
      return "a map";
    }
    if (value instanceof List<?>) {
      return "a list";
    }
    if (value instanceof String) {
      return "a text";
    }
    return value instanceof Number ? "a number" : "a " + value.getClass().getSimpleName();
  }

  private static String place(RuntimeException e) {
    if (!(e instanceof DatabindException problem)) {
      return "";
    }
    StringBuilder place = new StringBuilder();
    for (JacksonException.Reference step : problem.getPath()) {
      String name = step.getPropertyName();
      place.append('/').append(name == null ? String.valueOf(step.getIndex()) : name);
    }
    String wanted =
        problem instanceof MismatchedInputException mismatch && mismatch.getTargetType() != null
            ? " that is no " + mismatch.getTargetType().getTypeName()
            : " that does not fit";
    return place.isEmpty() ? wanted : " with a member \"" + place + "\"" + wanted;
  }
}
