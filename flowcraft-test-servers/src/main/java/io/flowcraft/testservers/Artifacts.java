package io.flowcraft.testservers;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;

/** Where the build has put the jars of the servers. */
final class Artifacts {

  private Artifacts() {}

  /** The class path of that name, as the build wrote it down. */
  static String classPath(String name) {
    String resource = name + ".classpath";
    try (InputStream in = Artifacts.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new ServersException(
            resource
                + " is not beside the classes of flowcraft-test-servers. Build that module with"
                + " Maven (mvn -pl flowcraft-test-servers -am process-classes).");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The only jar on a class path whose name begins like this. */
  static Path jar(String classPath, String prefix) {
    return Arrays.stream(classPath.split(java.io.File.pathSeparator))
        .map(Path::of)
        .filter(path -> path.getFileName().toString().startsWith(prefix))
        .findFirst()
        .orElseThrow(() -> new ServersException("No " + prefix + " among " + classPath));
  }
}
