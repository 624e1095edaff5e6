package io.flowcraft.testservers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What the process that owns the servers writes about itself.
 *
 * @param pid its process
 * @param started when that began, in milliseconds: process ids are used again
 * @param port where it takes questions
 */
record SupervisorState(long pid, long started, int port) {

  private static final String FILE = "supervisor";

  static SupervisorState ofThisProcess(int port) {
    return new SupervisorState(
        ProcessHandle.current().pid(), started(ProcessHandle.current()), port);
  }

  private static long started(ProcessHandle process) {
    return process.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
  }

  /** Whole or not at all. */
  void write(Path directory) throws IOException {
    Path fresh = directory.resolve(FILE + ".new");
    Files.write(fresh, List.of("" + pid, "" + started, "" + port));
    Files.move(fresh, directory.resolve(FILE), StandardCopyOption.ATOMIC_MOVE);
  }

  static Optional<SupervisorState> read(Path directory) throws IOException {
    try {
      List<String> lines = Files.readAllLines(directory.resolve(FILE));
      return Optional.of(
          new SupervisorState(
              Long.parseLong(lines.get(0)),
              Long.parseLong(lines.get(1)),
              Integer.parseInt(lines.get(2))));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  /** The process, if it is still the one that wrote this. */
  Optional<ProcessHandle> process() {
    return ProcessHandle.of(pid)
        .filter(process -> process.isAlive() && started(process) == started);
  }
}
