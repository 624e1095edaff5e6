package io.flowcraft.event;

/**
 * Hears the events of runs.
 *
 * <p>Called on the thread at work, in the order of the events of one branch; it must be quick and
 * must not block. An exception is logged and changes nothing.
 */
@FunctionalInterface
public interface FlowListener {

  /** Something happened. */
  void onEvent(FlowEvent event);
}
