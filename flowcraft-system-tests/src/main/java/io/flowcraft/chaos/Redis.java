package io.flowcraft.chaos;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** What a Redis is told directly. */
final class Redis {

  private static final String GOOD = "+OK";

  private Redis() {}

  /** Makes it forget everything. */
  static void flush(String uri) {
    URI address = URI.create(uri);
    try (Socket socket = new Socket(address.getHost(), address.getPort())) {
      socket.getOutputStream().write("FLUSHALL\r\n".getBytes(StandardCharsets.US_ASCII));
      byte[] answer = socket.getInputStream().readNBytes(GOOD.length());
      if (!GOOD.equals(new String(answer, StandardCharsets.US_ASCII))) {
        throw new IllegalStateException("Redis at " + uri + " was not flushed.");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
