package io.flowcraft.json;

import io.flowcraft.error.ErrorCode;
import io.flowcraft.error.FlowcraftException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.json.JsonFactory;

/** Reads JSON text into normalized data. */
final class JsonReader {

  // Length and depth are checked here, with messages of ours; numbers by the parser.
  private static final StreamReadConstraints CONSTRAINTS =
      StreamReadConstraints.builder()
          .maxNestingDepth(Limits.DEEPEST + 1)
          .maxStringLength(Integer.MAX_VALUE)
          .maxNameLength(Integer.MAX_VALUE)
          .maxNumberLength(2 * JsonNumbers.MAX_DIGITS)
          .build();

  private static final JsonFactory LENIENT = factory(false);
  private static final JsonFactory STRICT = factory(true);

  private final Limits limits;
  private final String what;
  private final ErrorCode malformed;

  private JsonReader(Limits limits, String what, ErrorCode malformed) {
    this.limits = limits;
    this.what = what;
    this.malformed = malformed;
  }

  private static JsonFactory factory(boolean strict) {
    return JsonFactory.builder()
        .streamReadConstraints(CONSTRAINTS)
        .configure(StreamReadFeature.STRICT_DUPLICATE_DETECTION, strict)
        .build();
  }

  /** Reads data; of members with the same name the last one counts. */
  static @Nullable Object read(String text, Limits limits, String what, ErrorCode malformed) {
    return new JsonReader(limits, what, malformed).document(LENIENT, text);
  }

  /** Reads data, refusing members with the same name. */
  static @Nullable Object readStrictly(
      String text, Limits limits, String what, ErrorCode malformed) {
    return new JsonReader(limits, what, malformed).document(STRICT, text);
  }

  private @Nullable Object document(JsonFactory factory, String text) {
    if (text.length() > limits.maxLength()) {
      throw new FlowcraftException(
          ErrorCode.PAYLOAD_TOO_LARGE,
          Subject.of(what)
              + " can't be read: found "
              + text.length()
              + " characters; expected at most "
              + limits.maxLength()
              + ". Make it smaller, or raise the limit.");
    }
    try (JsonParser parser = factory.createParser(ObjectReadContext.empty(), text)) {
      JsonToken first = parser.nextToken();
      if (first == null) {
        throw malformed("an empty text", null, null);
      }
      Object value = value(parser, first, 0);
      if (parser.nextToken() != null) {
        throw malformed("more text behind the value", parser.currentLocation(), null);
      }
      return value;
    } catch (JacksonException e) {
      throw malformed("\"" + e.getOriginalMessage() + "\"", e.getLocation(), e);
    }
  }

  private @Nullable Object value(JsonParser parser, JsonToken token, int level) {
    return switch (token) {
      case START_OBJECT -> object(parser, level + 1);
      case START_ARRAY -> array(parser, level + 1);
      case VALUE_STRING -> parser.getString();
      case VALUE_NUMBER_INT -> JsonNumbers.canonical(parser.getNumberValue());
      case VALUE_NUMBER_FLOAT -> decimal(parser);
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case VALUE_NULL -> null;
      default -> throw malformed("\"" + token + "\"", parser.currentLocation(), null);
    };
  }

  private Number decimal(JsonParser parser) {
    try {
      return JsonNumbers.parseDecimal(parser.getString());
    } catch (NumberFormatException e) {
      throw malformed("a number beyond measure", parser.currentLocation(), e);
    }
  }

  private Object array(JsonParser parser, int level) {
    checkDepth(level);
    List<@Nullable Object> elements = new ArrayList<>();
    long length = 2;
    int depth = 0;
    for (JsonToken token = next(parser); token != JsonToken.END_ARRAY; token = next(parser)) {
      Object element = value(parser, token, level);
      elements.add(element);
      length += TextLength.of(element) + 1;
      depth = Math.max(depth, Normalizer.depthOf(element));
    }
    return elements.isEmpty()
        ? FrozenList.EMPTY
        : new FrozenList(elements.toArray(), length, depth + 1);
  }

  private Object object(JsonParser parser, int level) {
    checkDepth(level);
    Map<String, @Nullable Object> members = new LinkedHashMap<>();
    long length = 2;
    int depth = 0;
    while (next(parser) != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      Object member = value(parser, next(parser), level);
      members.put(name, member);
      length += TextLength.of(member) + name.length() + 4;
      depth = Math.max(depth, Normalizer.depthOf(member));
    }
    return members.isEmpty() ? FrozenMap.EMPTY : new FrozenMap(members, length, depth + 1);
  }

  private JsonToken next(JsonParser parser) {
    JsonToken token = parser.nextToken();
    if (token == null) {
      throw malformed("the end of the text", parser.currentLocation(), null);
    }
    return token;
  }

  private void checkDepth(int level) {
    if (level > limits.maxDepth()) {
      throw new FlowcraftException(
          ErrorCode.PAYLOAD_TOO_DEEP,
          Subject.of(what)
              + " can't be read: found more than "
              + limits.maxDepth()
              + " lists and maps nested in each other. Flatten the data, or raise the limit.");
    }
  }

  private FlowcraftException malformed(
      String found, @Nullable TokenStreamLocation location, @Nullable Throwable cause) {
    String place =
        location == null || location.getLineNr() < 1
            ? ""
            : " in line " + location.getLineNr() + ", column " + location.getColumnNr();
    return new FlowcraftException(
        malformed,
        Subject.of(what)
            + " can't be read: found "
            + found
            + place
            + "; expected one JSON value. Correct the text.",
        cause,
        false);
  }
}
