package io.flowcraft.history;

import io.flowcraft.event.FlowEvent;
import java.util.List;
import java.util.Objects;

/**
 * Makes a run of its events again, as it was at their end or at any point on the way. No code of a
 * node is executed and nothing is stored.
 *
 * <p>The run is that of the first event; events of other runs among them, for instance of its
 * children, are passed over.
 */
public final class HistoryReplay {

  private HistoryReplay() {}

  /**
   * The run after all events.
   *
   * @throws IllegalArgumentException if there are none
   */
  public static ReplayedRun replay(List<FlowEvent> events) {
    if (events.isEmpty()) {
      throw new IllegalArgumentException(
          "There is no event to replay a run from; expected: the history of a recorded run.");
    }
    return at(events, events.size() - 1);
  }

  /**
   * The run right after one of its events.
   *
   * @param index of the event, from 0
   * @throws IndexOutOfBoundsException if there is no event of this index
   */
  public static ReplayedRun at(List<FlowEvent> events, int index) {
    Objects.checkIndex(index, events.size());
    Replay replay = new Replay(events.get(0).origin());
    events.subList(0, index + 1).forEach(replay::apply);
    return replay.result(index);
  }
}
