package io.flowcraft.runtime.internal.engine;

import io.flowcraft.blueprint.BuiltIns;
import io.flowcraft.error.ErrorCode;
import io.flowcraft.error.FlowcraftException;
import io.flowcraft.expression.Truth;
import io.flowcraft.node.AsyncNodeFunction;
import io.flowcraft.node.NodeContext;
import io.flowcraft.node.NodeFunction;
import io.flowcraft.node.NodeImplementation;
import io.flowcraft.node.NodeResult;
import io.flowcraft.spi.WebhookRegistrar;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** The nodes that the engine brings along. */
final class BuiltInNodes {

  private final Children children;
  private final Map<String, NodeImplementation> nodes;

  BuiltInNodes(Children children) {
    this.children = children;
    BatchNodes batch = new BatchNodes();
    this.nodes =
        Map.of(
            BuiltIns.WAIT, (NodeFunction) BuiltInNodes::await,
            BuiltIns.SLEEP, (NodeFunction) BuiltInNodes::sleep,
            BuiltIns.WEBHOOK, (AsyncNodeFunction) BuiltInNodes::webhook,
            BuiltIns.SUBFLOW, (AsyncNodeFunction) this::subflow,
            BuiltIns.SUBFLOW_CLASS, (AsyncNodeFunction) this::subflow,
            BuiltIns.BATCH_SCATTER, (NodeFunction) batch::scatter,
            BuiltIns.BATCH_GATHER, (NodeFunction) batch::gather,
            BuiltIns.LOOP_CONTROLLER, (NodeFunction) BuiltInNodes::controlLoop);
  }

  /** The built-in of this key, or null. */
  @Nullable NodeImplementation find(String uses) {
    return nodes.get(uses);
  }

  private static NodeResult await(NodeContext context) {
    ExecutionContext own = (ExecutionContext) context;
    Long wakeUpAt = null;
    if (context.params().get("timeout") != null) {
      long millis = Durations.millis(context.params(), "timeout", "WaitNode", context.nodeId());
      wakeUpAt = own.services().time().millis() + millis;
    }
    own.park(new Parking.Wait(wakeUpAt));
    return NodeResult.none();
  }

  private static NodeResult sleep(NodeContext context) {
    ExecutionContext own = (ExecutionContext) context;
    long millis = Durations.millis(context.params(), "duration", "SleepNode", context.nodeId());
    own.park(new Parking.Sleep(own.services().time().millis() + millis));
    return context.hasInput() ? NodeResult.output(context.input()) : NodeResult.none();
  }

  private static CompletionStage<NodeResult> webhook(NodeContext context) {
    WebhookRegistrar registrar = ((ExecutionContext) context).services().webhooks();
    if (registrar == null) {
      throw new FlowcraftException(
          ErrorCode.DEPENDENCY_MISSING,
          "Node '" + context.nodeId() + "' execution failed",
          new IllegalStateException(
              "No webhook registrar is configured. Hand one to RuntimeBuilder.webhooks."));
    }
    return registrar
        .register(context.runId(), context.nodeId())
        .thenApply(
            endpoint -> {
              Map<String, @Nullable Object> output = new LinkedHashMap<>();
              output.put("url", endpoint.url());
              output.put("event", endpoint.event());
              return NodeResult.output(output);
            });
  }

  private static NodeResult controlLoop(NodeContext context) {
    ExecutionContext own = (ExecutionContext) context;
    Object condition = context.params().get("condition");
    boolean goOn =
        condition instanceof String text
            && Truth.of(own.services().evaluator().evaluate(text, ContextScope.of(own)));
    return goOn ? NodeResult.action("continue") : NodeResult.output(null).withAction("break");
  }

  private CompletionStage<NodeResult> subflow(NodeContext context) {
    ExecutionContext own = (ExecutionContext) context;
    String nodeId = context.nodeId();
    if (!(context.params().get("blueprintId") instanceof String blueprintId)
        || blueprintId.isEmpty()) {
      throw new FlowcraftException(
          ErrorCode.NODE_PARAMS,
          "Subflow node '" + nodeId + "' is missing 'blueprintId' parameter.",
          null,
          true);
    }
    Definition definition = children.definition(blueprintId);
    return children.run(own, blueprintId, definition, childInput(own, definition));
  }

  private static Map<String, @Nullable Object> childInput(
      ExecutionContext context, Definition definition) {
    Map<String, @Nullable Object> input = new LinkedHashMap<>();
    if (context.params().get("inputs") instanceof Map<?, ?> mapping) {
      mapping.forEach(
          (key, source) -> {
            String name = String.valueOf(source);
            Object value = context.value(name);
            if (value == null && !context.has(name)) {
              name = ContextReader.OUTPUTS + name;
              value = context.value(name);
            }
            if (context.has(name)) {
              input.put(String.valueOf(key), value);
            }
          });
    } else if (context.hasInput()) {
      definition
          .graph()
          .starts()
          .forEach(start -> input.put(ContextReader.INPUTS + start.id(), context.input()));
    }
    return input;
  }
}
