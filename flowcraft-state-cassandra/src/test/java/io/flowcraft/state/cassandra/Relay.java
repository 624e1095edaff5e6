package io.flowcraft.state.cassandra;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A way to the real server that can be cut and mended. */
final class Relay implements AutoCloseable {

  private final InetSocketAddress target;
  private final ServerSocket door;
  private final List<Socket> open = new CopyOnWriteArrayList<>();
  private volatile boolean cut;
  private volatile boolean silent;

  Relay(InetSocketAddress target) throws IOException {
    this.target = target;
    this.door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    start(this::accept);
  }

  InetSocketAddress address() {
    return new InetSocketAddress(door.getInetAddress(), door.getLocalPort());
  }

  /** Ends every connection, and lets none through until it is mended. */
  void cut() {
    cut = true;
    open.forEach(Relay::end);
    open.clear();
  }

  /** Swallows everything; connections stay open. */
  void silence() {
    silent = true;
  }

  void mend() {
    silent = false;
    cut = false;
  }

  private static void start(Runnable task) {
    Thread thread = new Thread(task, "relay");
    thread.setDaemon(true);
    thread.start();
  }

  private void accept() {
    while (!door.isClosed()) {
      connect();
    }
  }

  /** One connection. If it can't be made, the client tries again. */
  private void connect() {
    Socket near = null;
    try {
      near = door.accept();
      if (cut) {
        end(near);
        return;
      }
      Socket from = near;
      Socket far = new Socket(target.getAddress(), target.getPort());
      open.add(near);
      open.add(far);
      start(() -> pump(from, far));
      start(() -> pump(far, from));
    } catch (IOException e) {
      if (near != null) {
        end(near);
      }
    }
  }

  private void pump(Socket from, Socket to) {
    try (InputStream in = from.getInputStream();
        OutputStream out = to.getOutputStream()) {
      byte[] buffer = new byte[8192];
      int length = in.read(buffer);
      while (length >= 0) {
        if (!silent) {
          out.write(buffer, 0, length);
        }
        length = in.read(buffer);
      }
    } catch (IOException e) {
      end(to);
    }
    end(from);
  }

  private static void end(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() throws IOException {
    door.close();
    cut();
  }
}
