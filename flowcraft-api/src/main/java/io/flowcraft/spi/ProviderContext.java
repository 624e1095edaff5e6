package io.flowcraft.spi;

import java.util.Map;
import java.util.concurrent.Executor;

/**
 * What a provider gets to build its backend with.
 *
 * @param properties the flat configuration, keys such as {@code flowcraft.kafka.topic}
 * @param serializer writes and reads payloads
 * @param time the time source of the runtime
 * @param executor runs what the backend has to run; never blocks the caller
 */
public record ProviderContext(
    Map<String, String> properties, Serializer serializer, TimeSource time, Executor executor) {

  /** Copies the properties. */
  public ProviderContext {
    properties = Map.copyOf(properties);
  }
}
