package io.flowcraft.testkit.golden;

import io.flowcraft.error.FlowcraftException;
import io.flowcraft.json.JsonSerializer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Finds recordings. */
public final class GoldenFiles {

  private static final JsonSerializer JSON = new JsonSerializer();

  private GoldenFiles() {}

  /**
   * Everything in the case files and tables of pure functions below a folder, at any depth, in the
   * order of the paths. Other files are left alone.
   *
   * @throws UncheckedIOException if a file can't be read
   */
  public static List<GoldenCheck> read(Path folder) {
    List<GoldenCheck> checks = new ArrayList<>();
    try (Stream<Path> files = Files.walk(folder)) {
      List<Path> sorted = files.filter(file -> file.toString().endsWith(".json")).sorted().toList();
      for (Path file : sorted) {
        add(file, Files.readString(file), checks);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return checks;
  }

  private static void add(Path file, String text, List<GoldenCheck> checks) {
    Map<String, @Nullable Object> data;
    try {
      data = Tree.map(JSON.deserialize(text));
    } catch (FlowcraftException e) {
      checks.add(new Unreadable(String.valueOf(file.getFileName()), e.toString()));
      return;
    }
    if (GoldenCase.isCase(data)) {
      checks.add(new CaseCheck(GoldenCase.read(data)));
    } else if (PureTable.isTable(data)) {
      checks.addAll(PureTable.read(data));
    }
  }

  /** A file that holds no JSON: reported, so that it is not overlooked. */
  private record Unreadable(String name, String problem) implements GoldenCheck {

    @Override
    public boolean isMarked() {
      return false;
    }

    @Override
    public GoldenResult check() {
      return new GoldenResult(name, false, List.of(problem));
    }
  }
}
