package io.flowcraft.runtime.internal.engine;

import io.flowcraft.node.NodeResult;
import io.flowcraft.runtime.internal.graph.GraphNode;
import io.flowcraft.runtime.internal.kernel.RoutingScope;
import io.flowcraft.spi.Payload;
import io.flowcraft.spi.Scope;
import java.util.AbstractMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What expressions can see when a node has finished: its result, its writes, the run's data. */
final class ContextScope implements RoutingScope {

  private final ExecutionContext context;
  private final NodeResult result;
  private @Nullable Map<String, @Nullable Object> resultData;

  ContextScope(ExecutionContext context, NodeResult result) {
    this.context = context;
    this.result = result;
  }

  /** The context alone, for expressions of nodes. */
  static Scope of(ExecutionContext context) {
    return new Scope() {
      @Override
      public @Nullable Object get(String name) {
        return context.value(name);
      }

      @Override
      public boolean has(String name) {
        return context.has(name);
      }
    };
  }

  @Override
  public Scope conditions() {
    return new Scope() {
      @Override
      public @Nullable Object get(String name) {
        return name.equals("result") ? resultData() : lookup(name);
      }

      @Override
      public boolean has(String name) {
        return name.equals("result") || lookup(name) != null || context.has(name);
      }
    };
  }

  @Override
  public Scope transforms(@Nullable Object input) {
    return new Scope() {
      @Override
      public @Nullable Object get(String name) {
        return switch (name) {
          case "input" -> input;
          case "context" -> new ContextMap();
          default -> null;
        };
      }

      @Override
      public boolean has(String name) {
        return name.equals("input") || name.equals("context");
      }
    };
  }

  @Override
  public @Nullable Object transformInput(GraphNode source, GraphNode target) {
    return Inputs.named(source, target, this::lookupPayload, () -> output());
  }

  @Override
  public @Nullable Payload payload(@Nullable Object value) {
    if (value == null) {
      return null;
    }
    return context.values().payload(context.values().data(value, "The value of a transform"));
  }

  private @Nullable Object output() {
    return result.hasOutput() ? result.output() : null;
  }

  private boolean isOwn(String name) {
    String id = context.nodeId();
    return result.hasOutput()
        && (name.equals(id)
            || (name.startsWith(ContextReader.OUTPUTS)
                && name.length() == ContextReader.OUTPUTS.length() + id.length()
                && name.endsWith(id)));
  }

  private @Nullable Object lookup(String name) {
    return isOwn(name) ? result.output() : context.value(name);
  }

  private @Nullable Payload lookupPayload(String name) {
    return isOwn(name) ? context.values().payload(result.output()) : context.payload(name);
  }

  private Map<String, @Nullable Object> resultData() {
    Map<String, @Nullable Object> data = resultData;
    if (data == null) {
      data = new LinkedHashMap<>(result.extras());
      if (result.hasOutput()) {
        data.put("output", result.output());
      }
      if (result.action() != null) {
        data.put("action", result.action());
      }
      resultData = data;
    }
    return data;
  }

  /** The whole context as a map that reads only what is asked for. */
  private final class ContextMap extends AbstractMap<String, @Nullable Object> {

    @Override
    public @Nullable Object get(@Nullable Object key) {
      return key instanceof String name ? lookup(name) : null;
    }

    @Override
    public boolean containsKey(@Nullable Object key) {
      return key instanceof String name && (isOwn(name) || context.has(name));
    }

    @Override
    public Set<Map.Entry<String, @Nullable Object>> entrySet() {
      return context.all().entrySet();
    }
  }
}
