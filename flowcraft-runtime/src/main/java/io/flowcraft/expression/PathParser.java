package io.flowcraft.expression;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads a path: names between dots, and texts or indexes in brackets. A name may hold any character
 * but dots and brackets, because keys do.
 */
final class PathParser {

  private final String text;
  private final List<Path.Step> steps = new ArrayList<>();
  private int position;

  private PathParser(String text) {
    this.text = text;
  }

  /** The path, or empty if the text is none. */
  static Optional<Path> parse(String text) {
    PathParser parser = new PathParser(text);
    return parser.readAll() ? Optional.of(new Path(List.copyOf(parser.steps))) : Optional.empty();
  }

  private boolean readAll() {
    if (!readName()) {
      return false;
    }
    while (position < text.length()) {
      if (!readNext()) {
        return false;
      }
    }
    return true;
  }

  private boolean readNext() {
    char c = text.charAt(position++);
    return c == '.' ? readName() : c == '[' && readBracket();
  }

  private boolean readName() {
    int start = position;
    while (position < text.length() && ".[]".indexOf(text.charAt(position)) < 0) {
      position++;
    }
    if (position == start) {
      return false;
    }
    steps.add(new Path.Step(text.substring(start, position), false));
    return true;
  }

  private boolean readBracket() {
    boolean isQuoted = position < text.length() && "\"'".indexOf(text.charAt(position)) >= 0;
    String name = isQuoted ? readQuoted() : readDigits();
    if (name == null || position >= text.length() || text.charAt(position) != ']') {
      return false;
    }
    position++;
    steps.add(new Path.Step(name, true));
    return true;
  }

  private @Nullable String readDigits() {
    int start = position;
    while (position < text.length() && Character.isDigit(text.charAt(position))) {
      position++;
    }
    return position == start ? null : text.substring(start, position);
  }

  private @Nullable String readQuoted() {
    char quote = text.charAt(position++);
    StringBuilder name = new StringBuilder();
    while (position < text.length()) {
      char c = text.charAt(position++);
      if (c == quote) {
        return name.toString();
      }
      if (c == '\\') {
        if (position == text.length()) {
          return null;
        }
        c = text.charAt(position++);
      }
      name.append(c);
    }
    return null;
  }
}
