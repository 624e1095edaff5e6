package io.flowcraft.runtime.internal.graph;

/** Keeps the characters with a meaning in instance keys out of the node ids in them. */
public final class InstanceKeys {

  private InstanceKeys() {}

  /** The path, as text, of an instance that stands in for a node at a path. */
  public static String standIn(String path, String nodeId) {
    return join(path, "!" + escape(nodeId));
  }

  static String join(String path, String element) {
    return path.isEmpty() ? element : path + "/" + element;
  }

  static String escape(String id) {
    StringBuilder escaped = null;
    for (int i = 0; i < id.length(); i++) {
      char c = id.charAt(i);
      if (c == '%' || c == '/' || c == '#' || c == '!' || c == '*') {
        if (escaped == null) {
          escaped = new StringBuilder(id.length() + 8).append(id, 0, i);
        }
        escaped.append('%').append(Integer.toHexString(c));
      } else if (escaped != null) {
        escaped.append(c);
      }
    }
    return escaped == null ? id : escaped.toString();
  }

  static String unescape(String text) {
    if (text.indexOf('%') < 0) {
      return text;
    }
    StringBuilder id = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '%') {
        id.append((char) Integer.parseInt(text.substring(i + 1, i + 3), 16));
        i += 2;
      } else {
        id.append(c);
      }
    }
    return id.toString();
  }
}
