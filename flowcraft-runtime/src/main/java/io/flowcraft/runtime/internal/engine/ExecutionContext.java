package io.flowcraft.runtime.internal.engine;

import io.flowcraft.error.ErrorCode;
import io.flowcraft.error.FlowcraftException;
import io.flowcraft.event.FlowEvent;
import io.flowcraft.node.Cancellation;
import io.flowcraft.node.ContextKey;
import io.flowcraft.node.NodeContext;
import io.flowcraft.node.RunContext;
import io.flowcraft.run.RunError;
import io.flowcraft.runtime.internal.graph.Instance;
import io.flowcraft.spi.Payload;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One execution of a node instance, as the node sees it, with the writes that it has made. */
final class ExecutionContext implements NodeContext, RunContext {

  private final Services services;
  private final RunFrame frame;
  private final Instance instance;
  private final List<Delivered> delivered;
  private final @Nullable Payload input;
  private final @Nullable RunError failure;
  private @Nullable Map<String, @Nullable Payload> writes;
  private @Nullable Parking parking;
  private @Nullable Map<String, @Nullable Object> batch;
  private volatile StopSignal signal;
  private volatile int attempt = 1;

  ExecutionContext(
      Services services,
      RunFrame frame,
      Due due,
      @Nullable Payload input,
      @Nullable RunError failure) {
    this.services = services;
    this.frame = frame;
    this.instance = due.instance();
    this.delivered = due.inputs();
    this.input = input;
    this.failure = failure;
    this.signal = frame.signal();
  }

  Instance instance() {
    return instance;
  }

  RunFrame frame() {
    return frame;
  }

  Services services() {
    return services;
  }

  Values values() {
    return services.values();
  }

  @Nullable Payload inputPayload() {
    return input;
  }

  List<Delivered> delivered() {
    return delivered;
  }

  void attempt(int number, StopSignal newSignal) {
    attempt = number;
    signal = newSignal;
  }

  /** A built-in node asks to be parked. */
  void park(Parking how) {
    parking = how;
  }

  /** The node is executed once more. */
  void unpark() {
    parking = null;
  }

  @Nullable Parking parking() {
    return parking;
  }

  /** A scatter tells about its batch, so that its outcome need not list every worker. */
  void batch(Map<String, @Nullable Object> description) {
    batch = description;
  }

  @Nullable Map<String, @Nullable Object> batch() {
    return batch;
  }

  void emit(FlowEvent event) {
    services.events().emit(event);
  }

  /** The writes so far; a null value is a deletion. User code that lives on can't change them. */
  synchronized Map<String, @Nullable Payload> writes() {
    return writes == null ? Map.of() : new LinkedHashMap<>(writes);
  }

  @Override
  public String runId() {
    return frame.runId();
  }

  @Override
  public String blueprintId() {
    return frame.record().blueprintId();
  }

  @Override
  public String nodeId() {
    return instance.node().id();
  }

  @Override
  public String iteration() {
    return instance.path().text();
  }

  @Override
  public int attempt() {
    return attempt;
  }

  @Override
  public String idempotencyKey() {
    return frame.runId() + "/" + instance.key();
  }

  @Override
  public boolean hasInput() {
    return input != null;
  }

  @Override
  public @Nullable Object input() {
    return input == null ? null : input.value();
  }

  @Override
  public <T> T input(Class<T> type) {
    return values().convert(input(), type, "The input of node '" + nodeId() + "'");
  }

  @Override
  public Map<String, @Nullable Object> inputs() {
    Map<String, @Nullable Object> bySource = new LinkedHashMap<>();
    for (Delivered arrived : delivered) {
      if (arrived.edge() != null && arrived.value() != null) {
        bySource.put(arrived.edge().definition().source(), arrived.value().value());
      }
    }
    return Collections.unmodifiableMap(bySource);
  }

  @Override
  public Map<String, @Nullable Object> params() {
    return instance.node().definition().params();
  }

  @Override
  public <T> T params(Class<T> type) {
    return values().convert(params(), type, "The parameters of node '" + nodeId() + "'");
  }

  @Override
  public RunContext context() {
    return this;
  }

  @Override
  public <T> T dependency(Class<T> type) {
    Object found = services.dependencies().get(type);
    if (found == null) {
      throw new FlowcraftException(
          ErrorCode.DEPENDENCY_MISSING,
          "Node '"
              + nodeId()
              + "' asked for a dependency of type "
              + type.getName()
              + ", and none is registered. Hand it to RuntimeBuilder.dependency.");
    }
    return type.cast(found);
  }

  @Override
  public Cancellation cancellation() {
    return signal;
  }

  @Override
  public @Nullable RunError failure() {
    return failure;
  }

  @Override
  public @Nullable Object get(String key) {
    return value(key);
  }

  @Override
  public <T> Optional<T> get(ContextKey<T> key) {
    Object value = value(key.name());
    return value == null
        ? Optional.empty()
        : Optional.of(
            values().convert(value, key.type(), "The context value '" + key.name() + "'"));
  }

  @Override
  public boolean has(String key) {
    synchronized (this) {
      if (writes != null && writes.containsKey(key)) {
        return writes.get(key) != null;
      }
    }
    return new ContextReader(services, frame).has(key);
  }

  @Override
  public void set(String key, @Nullable Object value) {
    Object data = values().data(value, "The context value '" + key + "'");
    write(key, values().payload(data));
  }

  /** Stores what is data already. */
  void setData(String key, @Nullable Object data) {
    write(key, values().payload(data));
  }

  @Override
  public boolean delete(String key) {
    boolean there = has(key);
    write(key, null);
    return there;
  }

  /** The value under a key, own writes first; null for none. */
  @Nullable Object value(String key) {
    Payload payload = payload(key);
    return payload == null ? null : payload.value();
  }

  @Nullable Payload payload(String key) {
    synchronized (this) {
      if (writes != null && writes.containsKey(key)) {
        return writes.get(key);
      }
    }
    return new ContextReader(services, frame).get(key);
  }

  /** Everything, own writes included. */
  Map<String, @Nullable Object> all() {
    Map<String, @Nullable Object> all = new ContextReader(services, frame).all();
    writes()
        .forEach(
            (key, value) -> {
              if (value == null) {
                all.remove(key);
              } else {
                all.put(key, value.value());
              }
            });
    return all;
  }

  private synchronized void write(String key, @Nullable Payload value) {
    Map<String, @Nullable Payload> current = writes;
    if (current == null) {
      current = new LinkedHashMap<>();
      writes = current;
    }
    current.put(key, value);
  }
}
