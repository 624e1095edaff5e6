package io.flowcraft.coord.redis;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** Says things to a Redis that a client of the library never says. */
final class Admin {

  private Admin() {}

  /** The answer to a command without spaces in its words; of a long one, all lines. */
  static String say(String address, String command) {
    try (Socket socket =
        new Socket(InetAddress.getLoopbackAddress(), URI.create(address).getPort())) {
      socket
          .getOutputStream()
          .write((command + "\r\nQUIT\r\n").getBytes(StandardCharsets.US_ASCII));
      BufferedReader in =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
      String all = String.join("\n", in.lines().toList());
      if (all.startsWith("-")) {
        throw new IllegalStateException(command + ": " + all);
      }
      return all;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static long number(String address, String command) {
    String answer = say(address, command);
    return Long.parseLong(answer.lines().findFirst().orElseThrow().substring(1));
  }

  /** Makes one server the replica of another, and waits until it has all data. */
  static void follow(String replica, String master) {
    say(replica, "REPLICAOF 127.0.0.1 " + URI.create(master).getPort());
    for (int looks = 200_000; looks > 0; looks--) {
      if (say(replica, "INFO replication").contains("master_link_status:up")) {
        return;
      }
    }
    throw new IllegalStateException(replica + " does not follow " + master);
  }
}
