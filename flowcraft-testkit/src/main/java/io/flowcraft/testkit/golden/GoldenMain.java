package io.flowcraft.testkit.golden;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Checks all recordings in the given folders. */
public final class GoldenMain {

  private GoldenMain() {}

  /**
   * Checks the folders, tells the result, and exits with 1 if something failed that must not, or
   * with 2 if there was nothing to check.
   */
  public static void main(String[] folders) {
    PrintStream out =
        new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
    System.exit(check(folders, out));
  }

  private static int check(String[] folders, PrintStream out) {
    GoldenReport report = new GoldenReport(out::println);
    int checks = 0;
    for (String folder : folders) {
      Path path = Path.of(folder);
      if (!Files.exists(path)) {
        out.println("no such folder: " + folder);
        return 2;
      }
      for (GoldenCheck check : GoldenFiles.read(path)) {
        report.run(check);
        checks++;
      }
    }
    report.close();
    if (checks == 0) {
      out.println("no recordings found");
      return 2;
    }
    return report.isGood() ? 0 : 1;
  }
}
