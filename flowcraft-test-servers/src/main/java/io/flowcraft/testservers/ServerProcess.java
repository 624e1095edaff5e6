package io.flowcraft.testservers;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A process, and a watchdog beside it: a shell that waits for the end of its input. That comes when
 * the JVM that started both is no more, however it ended, and then the watchdog kills the process
 * and removes its directory.
 */
public final class ServerProcess {

  private static final File NOTHING = new File("/dev/null");
  private static final String WATCHDOG =
      "trap '' INT TERM HUP; read -r nothing; kill -KILL \"$1\"; rm -rf -- \"$2\"";
  private static final int SHOWN_LINES = 40;

  private final String name;
  private final Process process;
  private final Process watchdog;
  private final Path log;

  private ServerProcess(String name, Process process, Process watchdog, Path log) {
    this.name = name;
    this.process = process;
    this.watchdog = watchdog;
    this.log = log;
  }

  /**
   * Starts a process whose output goes to a file in its directory.
   *
   * @param name of the process in errors, and of the file
   * @param directory removed by the watchdog; who ends the process removes it otherwise
   * @param command what starts the process
   * @throws ServersException if it can't be started
   */
  public static ServerProcess start(String name, Path directory, List<String> command) {
    Path log = directory.resolve(name + ".log");
    try {
      Process process =
          new ProcessBuilder(command)
              .directory(directory.toFile())
              .redirectInput(NOTHING)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
              .start();
      Process watchdog =
          new ProcessBuilder(
                  "sh", "-c", WATCHDOG, "watchdog", "" + process.pid(), directory.toString())
              .redirectOutput(NOTHING)
              .redirectError(NOTHING)
              .start();
      return new ServerProcess(name, process, watchdog, log);
    } catch (IOException e) {
      throw new ServersException(
          name + " can't be started with " + command.get(0) + ": " + e.getMessage(), e);
    }
  }

  /** Runs a command to its end. */
  static void run(String name, Path directory, List<String> command) {
    ServerProcess process = start(name, directory, command);
    try {
      if (process.process.waitFor() != 0) {
        throw process.failure("ended with " + process.process.exitValue());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw process.failure("was interrupted");
    } finally {
      process.kill();
    }
  }

  long pid() {
    return process.pid();
  }

  /** Whether it runs, or stands still. */
  public boolean isAlive() {
    return process.isAlive();
  }

  /** Waits a little; whether the process has ended meanwhile. */
  public boolean endsWithin(long millis) {
    try {
      return process.waitFor(millis, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw failure("was interrupted");
    }
  }

  /** Kills the process and waits until it has gone. */
  public void kill() {
    process.destroyForcibly();
    watchdog.destroyForcibly();
    boolean interrupted = Thread.interrupted();
    while (process.isAlive()) {
      try {
        process.waitFor();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** Sends a signal, named without its SIG. */
  public void signal(String signal) {
    try {
      Process kill =
          new ProcessBuilder("sh", "-c", "kill -" + signal + " \"$1\"", "kill", "" + pid())
              .redirectErrorStream(true)
              .redirectOutput(NOTHING)
              .start();
      if (kill.waitFor() != 0) {
        throw failure("can't be sent " + signal);
      }
    } catch (IOException e) {
      throw new ServersException(name + " can't be sent " + signal, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw failure("was interrupted");
    }
  }

  /** An error with the end of what the process has written. */
  public ServersException failure(String what) {
    return new ServersException(
        name + " (process " + pid() + ") " + what + ". Its last words:\n" + lastWords());
  }

  private String lastWords() {
    try {
      List<String> lines =
          new ArrayList<>(
              new String(Files.readAllBytes(log), StandardCharsets.UTF_8).lines().toList());
      int from = Math.max(0, lines.size() - SHOWN_LINES);
      return String.join("\n", lines.subList(from, lines.size()));
    } catch (IOException e) {
      return "(" + log + " can't be read: " + e.getMessage() + ")";
    }
  }
}
