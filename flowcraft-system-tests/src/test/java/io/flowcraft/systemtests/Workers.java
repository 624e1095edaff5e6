package io.flowcraft.systemtests;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Processes of a cluster, which can be killed, stopped and continued. */
final class Workers implements AutoCloseable {

  private final List<Process> processes = new ArrayList<>();

  Workers(int count, Map<String, String> properties) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx256m", "-XX:+UseSerialGC", "-cp", classPath()));
    command.add(ClusterWorker.class.getName());
    properties.forEach((name, value) -> command.add(name + "=" + value));
    for (int i = 0; i < count; i++) {
      processes.add(start(new ProcessBuilder(command)));
    }
  }

  /** Surefire hides the class path in a manifest, and tells it so. */
  private static String classPath() {
    return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
  }

  private static Process start(ProcessBuilder builder) {
    try {
      return builder
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .redirectError(ProcessBuilder.Redirect.INHERIT)
          .start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** SIGKILL. */
  void kill(int worker) {
    processes.get(worker).destroyForcibly();
  }

  /**
   * Sends a signal: {@code STOP} or {@code CONT}.
   *
   * @return 0
   */
  int signal(int worker, String signal) {
    Process sent =
        start(new ProcessBuilder("kill", "-" + signal, "" + processes.get(worker).pid()));
    sent.onExit().join();
    if (sent.exitValue() != 0) {
      throw new IllegalStateException("SIG" + signal + " did not reach worker " + worker + ".");
    }
    return sent.exitValue();
  }

  boolean isAlive(int worker) {
    return processes.get(worker).isAlive();
  }

  @Override
  public void close() {
    processes.forEach(Process::destroyForcibly);
    processes.forEach(process -> process.onExit().join());
  }
}
