package io.flowcraft.testservers;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * A Redis that keeps everything in memory: after a restart it is empty, unless options say
 * otherwise. The address is a URI, {@code redis://host:port}.
 */
public final class RedisServer extends ProcessServer<String> {

  private static final String BINARY = "redis-server";

  private final List<String> options;

  /**
   * A server.
   *
   * @param options of its command line, for instance {@code "--appendonly", "yes"}
   */
  public RedisServer(String... options) {
    this(List.of(options), Workspace.temporary());
  }

  RedisServer(List<String> options, Path parent) {
    super("redis", Probe.REDIS, 1, parent);
    this.options = List.copyOf(options);
  }

  @Override
  String address(int port) {
    return "redis://127.0.0.1:" + port;
  }

  @Override
  void layOut(Place place) {
    Path jar = Artifacts.jar(Artifacts.classPath("redis-server"), "embedded-redis");
    Path binary = place.directory().resolve(BINARY);
    try (ZipFile zip = new ZipFile(jar.toFile())) {
      ZipEntry entry =
          zip.stream()
              .filter(e -> e.getName().startsWith(BINARY) && e.getName().endsWith(platform()))
              .findFirst()
              .orElseThrow(
                  () ->
                      new ServersException(
                          "No Redis for "
                              + platform()
                              + " in "
                              + jar.getFileName()
                              + ". Set "
                              + ServerKind.REDIS.variables()
                              + " to the address of one that runs."));
      try (InputStream in = zip.getInputStream(entry)) {
        Files.copy(in, binary);
      }
      Files.setPosixFilePermissions(binary, PosixFilePermissions.fromString("rwx------"));
    } catch (IOException e) {
      throw new ServersException("The Redis in " + jar + " can't be unpacked to " + binary, e);
    }
  }

  private static String platform() {
    String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
    String processor = System.getProperty("os.arch").toLowerCase(Locale.ROOT);
    return (system.contains("mac") ? "darwin" : system)
        + (processor.equals("aarch64") ? "-arm64" : "-amd64");
  }

  @Override
  List<String> command(Place place) {
    List<String> command = new ArrayList<>();
    command.add(place.directory().resolve(BINARY).toString());
    command.addAll(List.of("--port", "" + place.port(), "--bind", "127.0.0.1"));
    command.addAll(List.of("--save", "", "--dir", place.directory().toString()));
    command.addAll(options);
    return command;
  }
}
