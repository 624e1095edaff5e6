package io.flowcraft.history;

import io.flowcraft.event.FlowEvent.RunFinished;
import io.flowcraft.event.FlowEvent.RunPaused;
import io.flowcraft.event.FlowEvent.RunResumed;
import io.flowcraft.event.FlowEvent.RunStalled;
import io.flowcraft.event.FlowEvent.RunStarted;
import io.flowcraft.run.RunStatus;
import java.util.List;

/** Events of a run as a whole. */
final class RunEvents {

  private static final String REMAINING_NODES = "remainingNodes";
  private static final String STATUS = "status";
  private static final String ERRORS = "errors";

  static final List<EventCodec<?>> ALL =
      List.of(
          new EventCodec<>(
              RunStarted.class,
              "workflow:start",
              (event, to) -> {},
              from -> new RunStarted(from.origin())),
          new EventCodec<>(
              RunResumed.class,
              "workflow:resume",
              (event, to) -> {},
              from -> new RunResumed(from.origin())),
          new EventCodec<>(
              RunPaused.class,
              "workflow:pause",
              (event, to) -> {},
              from -> new RunPaused(from.origin())),
          new EventCodec<>(
              RunStalled.class,
              "workflow:stall",
              (event, to) -> to.put(REMAINING_NODES, event.remainingNodes()),
              from -> new RunStalled(from.origin(), from.integer(REMAINING_NODES))),
          new EventCodec<>(
              RunFinished.class,
              "workflow:finish",
              (event, to) -> {
                to.put(STATUS, event.status().name());
                to.put(ERRORS, event.errors().stream().map(ErrorJson::write).toList());
              },
              from ->
                  new RunFinished(
                      from.origin(),
                      from.constant(STATUS, RunStatus.class),
                      from.each(ERRORS).stream().map(ErrorJson::read).toList())));

  private RunEvents() {}
}
