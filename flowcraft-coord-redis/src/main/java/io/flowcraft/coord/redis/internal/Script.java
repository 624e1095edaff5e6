package io.flowcraft.coord.redis.internal;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** A script, put together from its parts. */
enum Script {
  OPEN("ledger", "records", "fill", "open"),
  STAGE("ledger", "records", "fill", "stage"),
  COMPLETE("ledger", "records", "decide", "complete"),
  ARRIVALS("ledger", "records", "arrivals"),
  PARK("ledger", "park"),
  FORGET("forget"),
  VALUE("value"),
  EXTEND("extend"),
  GET("get"),
  SERVER("server");

  private final String text;
  private final String digest;

  Script(String... parts) {
    StringBuilder all = new StringBuilder();
    for (String part : parts) {
      all.append(read(part + ".lua"));
    }
    this.text = all.toString();
    this.digest = digest(text);
  }

  /** The Lua text. */
  String text() {
    return text;
  }

  /** What Redis knows the text by when it has seen it. */
  String digest() {
    return digest;
  }

  static String read(String resource) {
    try (InputStream in = Script.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException(resource + " is missing in the artifact.");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String digest(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-1").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every JDK has SHA-1.", e);
    }
  }
}
