package io.flowcraft.chaos;

import io.flowcraft.testservers.ServerProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A worker in a process that comes and goes. */
final class WorkerProcess implements AutoCloseable {

  private static final int LOOK_MILLIS = 50;
  private static final int LOOKS = 120_000 / LOOK_MILLIS;

  private final String name;
  private final Path directory;
  private final List<String> command = new ArrayList<>();
  private int starts;
  private @Nullable ServerProcess process;

  WorkerProcess(int number, Map<String, String> properties) {
    this.name = "worker-" + number;
    try {
      this.directory = Files.createTempDirectory("chaos-" + name + "-");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    // A process that lives for seconds has nothing of what the second compiler makes.
    command.addAll(List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    String logging = System.getProperty("logback.configurationFile");
    if (logging != null) {
      command.add("-Dlogback.configurationFile=" + logging);
    }
    command.addAll(List.of("-cp", classPath(), Worker.class.getName(), "ready"));
    properties.forEach((key, value) -> command.add(key + "=" + value));
  }

  /** Surefire hides the class path in a manifest, and tells it so. */
  private static String classPath() {
    return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
  }

  /** Starts the process if none runs, and does not wait for it. */
  synchronized void start() {
    if (process == null || !process.isAlive()) {
      starts++;
      command.set(command.indexOf(Worker.class.getName()) + 1, ready().toString());
      process = ServerProcess.start(name, directory, command);
    }
  }

  private Path ready() {
    return directory.resolve("ready-" + starts);
  }

  /** Waits until the process that was started takes jobs. */
  synchronized void awaitReady() {
    for (int look = 0; look < LOOKS; look++) {
      if (Files.exists(ready())) {
        return;
      }
      if (running().endsWithin(LOOK_MILLIS)) {
        throw running().failure("has ended instead of working");
      }
    }
    throw running().failure("does not get ready");
  }

  private ServerProcess running() {
    if (process == null) {
      throw new IllegalStateException(name + " was not started.");
    }
    return process;
  }

  synchronized boolean isAlive() {
    return process != null && process.isAlive();
  }

  /** SIGKILL. */
  synchronized void kill() {
    running().kill();
  }

  /** SIGSTOP. */
  synchronized void pause() {
    running().signal("STOP");
  }

  /** SIGCONT. */
  synchronized void resume() {
    running().signal("CONT");
  }

  @Override
  public synchronized void close() {
    if (process != null) {
      process.kill();
    }
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
