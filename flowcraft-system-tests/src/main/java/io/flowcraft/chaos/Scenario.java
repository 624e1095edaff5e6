package io.flowcraft.chaos;

import io.flowcraft.flow.Flow;
import io.flowcraft.flow.FlowBuilder;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;

/** What the runs are like: each in a flow of its own. */
enum Scenario {
  /** Three branches that meet again. */
  FAN {
    @Override
    FlowBuilder declare(FlowBuilder flow) {
      flow.node("from", Evidence::execute).node("join", Evidence::execute);
      for (int i = 0; i < 3; i++) {
        flow.node("n" + i, Evidence::execute).edge("from", "n" + i).edge("n" + i, "join");
      }
      return flow;
    }
  },

  /** One after the other. */
  CHAIN {
    @Override
    FlowBuilder declare(FlowBuilder flow) {
      flow.node("s0", Evidence::execute);
      for (int i = 1; i < 6; i++) {
        flow.node("s" + i, Evidence::execute).edge("s" + (i - 1), "s" + i);
      }
      return flow;
    }
  },

  /** A durable timer beside other work. */
  NAP {
    @Override
    FlowBuilder declare(FlowBuilder flow) {
      return besides(flow.sleep("pause", Duration.ofMillis(700)));
    }
  },

  /** An answer from outside. */
  QUESTION {
    @Override
    FlowBuilder declare(FlowBuilder flow) {
      return besides(flow.wait("pause"));
    }
  },

  /** Two nodes, three times. */
  LOOP {
    @Override
    FlowBuilder declare(FlowBuilder flow) {
      return flow.node("body", context -> Evidence.count(context, 3))
          .node("second", Evidence::execute)
          .node("after", Evidence::execute)
          .loop("again", "more", loop -> loop.start("body").end("second"))
          .edge("body", "second")
          .edge("again", "after");
    }
  },

  /** A child run with a timer, beside other work. */
  NESTED {
    @Override
    FlowBuilder declare(FlowBuilder flow) {
      return besides(flow.subflow("pause", child()));
    }
  };

  static final String CHILD = "chaos-child";

  /** What a nested run starts. */
  private static Flow child() {
    return Flow.named(CHILD)
        .node("in", Evidence::execute)
        .sleep("nap", Duration.ofMillis(300))
        .node("out", Evidence::execute)
        .edge("in", "nap")
        .edge("nap", "out")
        .build();
  }

  /** The loop. */
  static final String LOOPING = "again";

  /** The node that waits for an answer. */
  static final String ASKING = "pause";

  abstract FlowBuilder declare(FlowBuilder flow);

  private static FlowBuilder besides(FlowBuilder flow) {
    return flow.node("start", Evidence::execute)
        .node("beside", Evidence::execute)
        .node("end", Evidence::execute)
        .edge("start", "pause")
        .edge("start", "beside")
        .edge("pause", "end")
        .edge("beside", "end");
  }

  Flow flow() {
    return declare(Flow.named(flowName())).build();
  }

  String flowName() {
    return "chaos-" + name().toLowerCase(Locale.ROOT);
  }

  /** The only answer that a run gets. */
  static Map<String, Object> answer(String runId) {
    return Map.of(Evidence.OWN, "answer to " + runId);
  }

  /** How often each node has an outcome in the end. */
  Map<String, Integer> completed() {
    return switch (this) {
      case FAN -> Map.of("from", 1, "n0", 1, "n1", 1, "n2", 1, "join", 1);
      case CHAIN -> Map.of("s0", 1, "s1", 1, "s2", 1, "s3", 1, "s4", 1, "s5", 1);
      case NAP, QUESTION, NESTED -> Map.of("start", 1, "pause", 1, "beside", 1, "end", 1);
      case LOOP -> Map.of("body", 3, "second", 3, "after", 1);
    };
  }
}
