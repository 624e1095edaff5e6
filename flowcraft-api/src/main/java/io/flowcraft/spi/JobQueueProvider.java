package io.flowcraft.spi;

/** Makes a job queue; found with {@link java.util.ServiceLoader} or registered by hand. */
public interface JobQueueProvider {

  /** The name that configuration chooses it by; lower case, unique on the class path. */
  String name();

  /**
   * Makes the backend. May block while it connects; fails with a clear error instead of handing out
   * something that does not work.
   *
   * @param context configuration and services
   */
  JobQueue create(ProviderContext context);
}
