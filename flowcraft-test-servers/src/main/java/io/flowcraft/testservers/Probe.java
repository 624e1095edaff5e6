package io.flowcraft.testservers;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** Asks a server the simplest question of its protocol. */
enum Probe {
  /** Asks for the versions of requests; answered when the broker serves requests. */
  KAFKA {
    @Override
    boolean ask(DataOutputStream out, DataInputStream in) throws IOException {
      byte[] client = "probe".getBytes(StandardCharsets.UTF_8);
      out.writeInt(2 + 2 + 4 + 2 + client.length);
      out.writeShort(18);
      out.writeShort(0);
      out.writeInt(CORRELATION);
      out.writeShort(client.length);
      out.write(client);
      out.flush();
      in.readInt();
      return in.readInt() == CORRELATION && in.readShort() == 0;
    }
  },

  /** Asks for the options of the native protocol. */
  CASSANDRA {
    @Override
    boolean ask(DataOutputStream out, DataInputStream in) throws IOException {
      out.write(new byte[] {4, 0, 0, 0, 5, 0, 0, 0, 0});
      out.flush();
      byte[] header = new byte[9];
      in.readFully(header);
      return header[4] == 6;
    }
  },

  /** Pings. */
  REDIS {
    @Override
    boolean ask(DataOutputStream out, DataInputStream in) throws IOException {
      out.write("PING\r\n".getBytes(StandardCharsets.US_ASCII));
      out.flush();
      return in.readByte() == '+';
    }
  };

  private static final int CORRELATION = 4711;
  private static final int PATIENCE_MILLIS = 2_000;

  abstract boolean ask(DataOutputStream out, DataInputStream in) throws IOException;

  /** Whether the server at a loopback port answers. */
  boolean answers(int port) {
    try (Socket socket = new Socket()) {
      socket.connect(
          new InetSocketAddress(InetAddress.getLoopbackAddress(), port), PATIENCE_MILLIS);
      socket.setSoTimeout(PATIENCE_MILLIS);
      return ask(
          new DataOutputStream(socket.getOutputStream()),
          new DataInputStream(socket.getInputStream()));
    } catch (IOException e) {
      return false;
    }
  }
}
