package io.flowcraft.history;

import io.flowcraft.event.FlowEvent;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * How one kind of event is written and read; its origin and its type are everybody's.
 *
 * @param kind the record
 * @param type its name in the data
 * @param writer adds the members of an event
 * @param reader makes the event of its members
 */
record EventCodec<E extends FlowEvent>(
    Class<E> kind,
    String type,
    BiConsumer<E, Map<String, @Nullable Object>> writer,
    Function<Fields, E> reader) {

  void write(FlowEvent event, Map<String, @Nullable Object> members) {
    writer.accept(kind.cast(event), members);
  }

  FlowEvent read(Fields members) {
    return reader.apply(members);
  }
}
