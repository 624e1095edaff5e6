/**
 * Blueprint model and builder, node contracts, run results, events, and the SPIs of the backends.
 */
module io.flowcraft.api {
  requires static transitive org.jspecify;
}
