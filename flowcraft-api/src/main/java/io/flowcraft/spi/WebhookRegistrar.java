package io.flowcraft.spi;

import java.util.concurrent.CompletionStage;

/** Opens an address at which the outside world can answer a waiting run. */
@FunctionalInterface
public interface WebhookRegistrar {

  /**
   * Registers an endpoint; asked again for the same run and node, it answers the same endpoint.
   *
   * @param runId the run that waits
   * @param nodeId the webhook node
   */
  CompletionStage<Endpoint> register(String runId, String nodeId);

  /**
   * A registered endpoint.
   *
   * @param url where to call
   * @param event the name of the event that a call raises
   */
  record Endpoint(String url, String event) {}
}
