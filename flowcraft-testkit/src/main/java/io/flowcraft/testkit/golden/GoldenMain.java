package io.flowcraft.testkit.golden;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * Checks all recordings in the given folders; with {@code --distributed} as the first argument also
 * on two processes that share the backends that system properties choose.
 */
public final class GoldenMain {

  private GoldenMain() {}

  /**
   * Checks the folders, tells the result, and exits with 1 if something failed that must not, or
   * with 2 if there was nothing to check.
   */
  public static void main(String[] folders) {
    PrintStream out =
        new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
    boolean distributed = folders.length > 0 && folders[0].equals("--distributed");
    List<String> paths = Arrays.asList(folders).subList(distributed ? 1 : 0, folders.length);
    if (!distributed) {
      System.exit(check(paths, check -> check, () -> {}, out));
    }
    int result;
    try (GoldenFleet fleet = new GoldenFleet(properties(), out::println)) {
      result = check(paths, fleet::check, fleet::tell, out);
    }
    System.exit(result);
  }

  private static Map<String, String> properties() {
    Map<String, String> properties = new LinkedHashMap<>();
    for (String name : System.getProperties().stringPropertyNames()) {
      if (name.startsWith("flowcraft.")) {
        properties.put(name, System.getProperty(name));
      }
    }
    return properties;
  }

  private static int check(
      List<String> folders, UnaryOperator<GoldenCheck> as, Runnable tell, PrintStream out) {
    GoldenReport report = new GoldenReport(out::println);
    int checks = 0;
    for (String folder : folders) {
      Path path = Path.of(folder);
      if (!Files.exists(path)) {
        out.println("no such folder: " + folder);
        return 2;
      }
      for (GoldenCheck check : GoldenFiles.read(path)) {
        report.run(as.apply(check));
        checks++;
      }
    }
    tell.run();
    report.close();
    if (checks == 0) {
      out.println("no recordings found");
      return 2;
    }
    return report.isGood() ? 0 : 1;
  }
}
