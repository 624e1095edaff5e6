package io.flowcraft.examples.snippets;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowcraft.event.FlowEvent;
import io.flowcraft.flow.Flow;
import io.flowcraft.history.EventJson;
import io.flowcraft.history.HistoryReplay;
import io.flowcraft.history.ReplayedRun;
import io.flowcraft.json.JsonSerializer;
import io.flowcraft.node.NodeResult;
import io.flowcraft.run.NodeStatus;
import io.flowcraft.run.RunOptions;
import io.flowcraft.runtime.FlowRuntime;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HistoryTest {

  @Test
  void history() {
    Flow flow =
        Flow.named("invoice")
            .node(
                "total",
                ctx -> {
                  ctx.context().set("currency", "EUR");
                  return NodeResult.output(42);
                })
            .node(
                "print",
                ctx -> {
                  throw new IOException("out of paper");
                })
            .edge("total", "print")
            .build();
    // snippet:history-record
    try (FlowRuntime runtime = FlowRuntime.builder().flow(flow).recordHistory(true).build()) {
      runtime.run(flow, Map.of(), RunOptions.runId("invoice-1"));

      List<FlowEvent> events = runtime.history("invoice-1");
      events.forEach(event -> System.out.println(event.origin().at() + " " + event.type()));
      // end:history-record

      // snippet:history-replay
      ReplayedRun end = HistoryReplay.replay(events);
      System.out.println(end.status() + " " + end.nodes() + " " + end.errors());

      for (int index = 0; index < events.size(); index++) {
        ReplayedRun then = HistoryReplay.at(events, index);
        System.out.println(events.get(index).type() + " -> " + then.nodes());
      }
      // end:history-replay

      // snippet:history-json
      JsonSerializer json = new JsonSerializer();
      List<String> lines =
          events.stream().map(event -> json.serialize(EventJson.toMap(event))).toList();
      List<FlowEvent> read =
          lines.stream().map(line -> EventJson.read(json.deserialize(line))).toList();
      // end:history-json

      assertThat(end.nodes())
          .isEqualTo(Map.of("total", NodeStatus.COMPLETED, "print", NodeStatus.FAILED));
      assertThat(end.context()).containsEntry("currency", "EUR");
      assertThat(HistoryReplay.replay(read)).isEqualTo(end);
    }
  }
}
