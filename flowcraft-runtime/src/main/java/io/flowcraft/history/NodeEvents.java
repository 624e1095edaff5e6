package io.flowcraft.history;

import io.flowcraft.event.FlowEvent.NodeAwaiting;
import io.flowcraft.event.FlowEvent.NodeBypassed;
import io.flowcraft.event.FlowEvent.NodeFailed;
import io.flowcraft.event.FlowEvent.NodeFallback;
import io.flowcraft.event.FlowEvent.NodeFinished;
import io.flowcraft.event.FlowEvent.NodeRetry;
import io.flowcraft.event.FlowEvent.NodeStarted;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Events of node instances. */
final class NodeEvents {

  static final String NODE_ID = "nodeId";
  static final String ITERATION = "iteration";

  private static final String INPUT = "input";
  private static final String RESULT = "result";
  private static final String REASON = "reason";
  private static final String WAKE_UP_AT = "wakeUpAt";
  private static final String ERROR = "error";
  private static final String FALLBACK = "fallback";
  private static final String ATTEMPT = "attempt";
  private static final String MESSAGE = "message";

  static final List<EventCodec<?>> ALL =
      List.of(
          new EventCodec<>(
              NodeStarted.class, "node:start", NodeEvents::write, NodeEvents::readStarted),
          new EventCodec<>(
              NodeFinished.class, "node:finish", NodeEvents::write, NodeEvents::readFinished),
          new EventCodec<>(
              NodeAwaiting.class, "node:await", NodeEvents::write, NodeEvents::readAwaiting),
          new EventCodec<>(
              NodeFailed.class, "node:error", NodeEvents::write, NodeEvents::readFailed),
          new EventCodec<>(
              NodeFallback.class, "node:fallback", NodeEvents::write, NodeEvents::readFallback),
          new EventCodec<>(NodeRetry.class, "node:retry", NodeEvents::write, NodeEvents::readRetry),
          new EventCodec<>(
              NodeBypassed.class, "node:bypass", NodeEvents::write, NodeEvents::readBypassed));

  private NodeEvents() {}

  private static void putInstance(
      Map<String, @Nullable Object> to, String nodeId, String iteration) {
    to.put(NODE_ID, nodeId);
    to.put(ITERATION, iteration);
  }

  private static void write(NodeStarted event, Map<String, @Nullable Object> to) {
    putInstance(to, event.nodeId(), event.iteration());
    if (event.hasInput()) {
      to.put(INPUT, event.input());
    }
  }

  private static NodeStarted readStarted(Fields from) {
    return new NodeStarted(
        from.origin(), from.text(NODE_ID), from.text(ITERATION), from.has(INPUT), from.raw(INPUT));
  }

  private static void write(NodeFinished event, Map<String, @Nullable Object> to) {
    putInstance(to, event.nodeId(), event.iteration());
    to.put(RESULT, ResultJson.write(event.result()));
  }

  private static NodeFinished readFinished(Fields from) {
    return new NodeFinished(
        from.origin(),
        from.text(NODE_ID),
        from.text(ITERATION),
        ResultJson.read(from.inner(RESULT)));
  }

  private static void write(NodeAwaiting event, Map<String, @Nullable Object> to) {
    putInstance(to, event.nodeId(), event.iteration());
    to.put(REASON, event.reason());
    if (event.wakeUpAt() != null) {
      to.put(WAKE_UP_AT, event.wakeUpAt().toString());
    }
  }

  private static NodeAwaiting readAwaiting(Fields from) {
    return new NodeAwaiting(
        from.origin(),
        from.text(NODE_ID),
        from.text(ITERATION),
        from.text(REASON),
        from.optionalTime(WAKE_UP_AT));
  }

  private static void write(NodeFailed event, Map<String, @Nullable Object> to) {
    putInstance(to, event.nodeId(), event.iteration());
    to.put(ERROR, ErrorJson.write(event.error()));
  }

  private static NodeFailed readFailed(Fields from) {
    return new NodeFailed(
        from.origin(), from.text(NODE_ID), from.text(ITERATION), ErrorJson.read(from.inner(ERROR)));
  }

  private static void write(NodeFallback event, Map<String, @Nullable Object> to) {
    putInstance(to, event.nodeId(), event.iteration());
    to.put(FALLBACK, event.fallback());
  }

  private static NodeFallback readFallback(Fields from) {
    return new NodeFallback(
        from.origin(), from.text(NODE_ID), from.text(ITERATION), from.text(FALLBACK));
  }

  private static void write(NodeRetry event, Map<String, @Nullable Object> to) {
    putInstance(to, event.nodeId(), event.iteration());
    to.put(ATTEMPT, event.attempt());
    to.put(MESSAGE, event.message());
  }

  private static NodeRetry readRetry(Fields from) {
    return new NodeRetry(
        from.origin(),
        from.text(NODE_ID),
        from.text(ITERATION),
        from.integer(ATTEMPT),
        from.text(MESSAGE));
  }

  private static void write(NodeBypassed event, Map<String, @Nullable Object> to) {
    putInstance(to, event.nodeId(), event.iteration());
    to.put(REASON, event.reason());
  }

  private static NodeBypassed readBypassed(Fields from) {
    return new NodeBypassed(
        from.origin(), from.text(NODE_ID), from.text(ITERATION), from.text(REASON));
  }
}
