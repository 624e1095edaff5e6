package io.flowcraft.testkit;

import io.flowcraft.event.FlowEvent;
import io.flowcraft.event.FlowListener;
import java.util.ArrayList;
import java.util.List;

/** Keeps every event, in the order in which they were heard. */
public final class RecordingListener implements FlowListener {

  private final List<FlowEvent> events = new ArrayList<>();

  /** A listener that has heard nothing. */
  public RecordingListener() {}

  @Override
  public synchronized void onEvent(FlowEvent event) {
    events.add(event);
  }

  /** The events so far. */
  public synchronized List<FlowEvent> events() {
    return List.copyOf(events);
  }

  /** The events so far of one kind. */
  public <E extends FlowEvent> List<E> events(Class<E> kind) {
    return events().stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  /** How many events there are so far. */
  public synchronized int size() {
    return events.size();
  }

  /** The events from a number on, as {@link #size()} told it. */
  synchronized List<FlowEvent> since(int number) {
    return List.copyOf(events.subList(number, events.size()));
  }
}
