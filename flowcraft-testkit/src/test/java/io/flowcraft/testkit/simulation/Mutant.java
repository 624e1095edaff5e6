package io.flowcraft.testkit.simulation;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A defect of the engine: pieces of its source that are replaced by others.
 *
 * @param name the name
 * @param title what is wrong
 * @param workloads the workloads that it is looked for with, separated by blanks; empty for all
 * @param changes the changes, in their order
 */
record Mutant(String name, String title, String workloads, List<Change> changes) {

  /**
   * A piece of source that is replaced.
   *
   * @param file the source file below {@code src/main/java} of the runtime
   */
  record Change(String file, String before, String after) {}

  /**
   * Reads a defect: a title, optionally {@code workloads: …}, then for each change a file, what
   * stands there, and what comes instead.
   */
  static Mutant read(Path file) throws IOException {
    String[] parts = Files.readString(file, StandardCharsets.UTF_8).split("(?m)^(?=@@)", -1);
    List<String> head = parts[0].lines().toList();
    String workloads = "";
    for (String line : head) {
      workloads =
          line.startsWith("workloads: ") ? line.substring("workloads: ".length()) : workloads;
    }
    List<Change> changes = new ArrayList<>();
    for (int i = 1; i < parts.length; i++) {
      String[] lines = parts[i].split("\n", 2);
      String[] sides = lines[1].split("(?m)^=>\n", -1);
      changes.add(new Change(lines[0].substring(2).trim(), sides[0].strip(), sides[1].strip()));
    }
    String name = file.getFileName().toString().replace(".txt", "");
    return new Mutant(name, head.get(0), workloads, changes);
  }

  /** The changed sources by file. */
  Map<String, String> sources(Path root) throws IOException {
    Map<String, String> sources = new LinkedHashMap<>();
    for (Change change : changes) {
      String source = sources.get(change.file);
      if (source == null) {
        source = Files.readString(root.resolve(change.file), StandardCharsets.UTF_8);
      }
      if (!source.contains(change.before)) {
        throw new IllegalStateException(
            "Mutant "
                + name
                + ": "
                + change.file
                + " has no longer what is to be replaced:\n"
                + change.before);
      }
      sources.put(change.file, source.replace(change.before, change.after));
    }
    return sources;
  }

  @Override
  public String toString() {
    return name;
  }
}
