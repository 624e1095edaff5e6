package io.flowcraft.testservers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Directories of servers. */
final class Workspace {

  private Workspace() {}

  /** A new, empty directory. */
  static Path create(Path parent, String name) {
    try {
      Files.createDirectories(parent);
      return Files.createTempDirectory(parent, name + "-");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The directory in which the machine wants temporary files. */
  static Path temporary() {
    return Path.of(System.getProperty("java.io.tmpdir"));
  }

  static void write(Path file, List<String> lines) {
    try {
      Files.createDirectories(file.getParent());
      Files.write(file, lines);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Removes as much as goes: a process that is dying may still write. */
  static void remove(Path directory) {
    if (!Files.isDirectory(directory)) {
      return;
    }
    try (Stream<Path> files = Files.walk(directory)) {
      files.sorted(Comparator.reverseOrder()).forEach(Workspace::removeOne);
    } catch (IOException | UncheckedIOException e) {
      removeOne(directory);
    }
  }

  private static void removeOne(Path file) {
    // What can't be removed is left to whoever cleans temporary directories.
    boolean removed = file.toFile().delete();
    if (!removed) {
      file.toFile().deleteOnExit();
    }
  }
}
