package io.flowcraft.testservers;

import java.nio.file.Files;
import java.nio.file.Path;
import org.testcontainers.DockerClientFactory;

/** Whether there is an engine that runs containers. */
final class ContainerEngine {

  private ContainerEngine() {}

  /** Looks for a sign of one first: asking the engine itself takes seconds where there is none. */
  static boolean isReachable() {
    boolean sign =
        System.getenv("DOCKER_HOST") != null || Files.exists(Path.of("/var/run/docker.sock"));
    return sign && DockerClientFactory.instance().isDockerAvailable();
  }
}
