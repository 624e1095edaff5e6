package io.flowcraft.testservers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Stream;

/** The JVMs that servers run on. */
final class Jdks {

  /** Says which JDK runs the servers that the JVM of the build can't run. */
  static final String HOME = "FLOWCRAFT_SERVERS_JAVA_HOME";

  /** Cassandra 5.0 needs Java 11 or 17: it sets a security policy, which later ones refuse. */
  private static final String FOR_CASSANDRA = "17";

  private Jdks() {}

  /** The one that we run on. */
  static String current() {
    return java(Path.of(System.getProperty("java.home")));
  }

  static String forCassandra() {
    Set<Path> homes = homes(System.getenv());
    return homes.stream()
        .filter(home -> version(home).equals(FOR_CASSANDRA))
        .findFirst()
        .map(Jdks::java)
        .orElseThrow(
            () ->
                new ServersException(
                    "Cassandra needs Java 17 to run, and none was found among "
                        + homes
                        + ". Install one, set "
                        + HOME
                        + " to its directory, or give the address of a cluster that runs ("
                        + ServerKind.CASSANDRA.variables()
                        + ")."));
  }

  private static Set<Path> homes(Map<String, String> environment) {
    Set<Path> homes = new LinkedHashSet<>();
    for (String variable : List.of(HOME, "JAVA_HOME", "JAVA_HOME_17_X64", "JAVA_HOME_17_ARM64")) {
      String home = environment.get(variable);
      if (home != null && !home.isBlank()) {
        homes.add(Path.of(home));
      }
    }
    Path current = Path.of(System.getProperty("java.home"));
    homes.add(current);
    Path user = Path.of(System.getProperty("user.home"));
    for (Path directory :
        List.of(
            current.resolveSibling("."),
            Path.of("/usr/lib/jvm"),
            user.resolve(".sdkman/candidates/java"),
            user.resolve(".jdks"))) {
      homes.addAll(children(directory.normalize()));
    }
    return homes;
  }

  private static List<Path> children(Path directory) {
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(directory)) {
      return new ArrayList<>(files.filter(Files::isDirectory).sorted().toList());
    } catch (IOException e) {
      return List.of();
    }
  }

  /** The feature number of a JDK, as its release file says; empty if there is none. */
  private static String version(Path home) {
    Path release = home.resolve("release");
    if (!Files.isRegularFile(release) || !Files.isExecutable(Path.of(java(home)))) {
      return "";
    }
    Properties properties = new Properties();
    try (var in = Files.newInputStream(release)) {
      properties.load(in);
    } catch (IOException e) {
      return "";
    }
    String version = properties.getProperty("JAVA_VERSION", "").replace("\"", "");
    int dot = version.indexOf('.');
    return dot < 0 ? version : version.substring(0, dot);
  }

  private static String java(Path home) {
    return home.resolve("bin").resolve("java").toString();
  }
}
