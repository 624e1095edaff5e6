package io.flowcraft.history;

import io.flowcraft.error.ErrorCode;
import io.flowcraft.error.FlowcraftException;
import io.flowcraft.event.FlowEvent;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Finds the codec of an event: by its record, or by its name. */
final class EventCodecs {

  private static final List<EventCodec<?>> ALL =
      Stream.of(RunEvents.ALL, NodeEvents.ALL, DataEvents.ALL)
          .<EventCodec<?>>flatMap(Collection::stream)
          .toList();

  private static final Map<Class<?>, EventCodec<?>> BY_KIND =
      ALL.stream().collect(Collectors.toUnmodifiableMap(EventCodec::kind, Function.identity()));

  private static final Map<String, EventCodec<?>> BY_TYPE =
      ALL.stream().collect(Collectors.toUnmodifiableMap(EventCodec::type, Function.identity()));

  private EventCodecs() {}

  static EventCodec<?> of(FlowEvent event) {
    EventCodec<?> codec = BY_KIND.get(event.getClass());
    if (codec == null) {
      throw new FlowcraftException(
          ErrorCode.BUG, "Nobody has written how " + event.getClass().getName() + " is written.");
    }
    return codec;
  }

  static EventCodec<?> of(Fields event) {
    EventCodec<?> codec = BY_TYPE.get(event.text(Fields.TYPE));
    if (codec == null) {
      throw Fields.malformed(
          event.what(),
          "found a type that this version does not know",
          "expected one of " + new TreeSet<>(BY_TYPE.keySet()));
    }
    return codec;
  }
}
