package io.flowcraft.examples.orders;

import io.flowcraft.run.Resume;
import java.util.Map;

/** The people who answer when a run waits for a human; here, a rule that plays them. */
final class ApprovalDesk {

  private static final long TOO_LARGE_CENTS = 150_000;

  private int approvals;
  private int declines;

  /**
   * The answer to a waiting node.
   *
   * @param nodeId {@code approval} for a large order, {@code review} for a payment that failed
   */
  Resume answer(String nodeId, Order order) {
    boolean approve =
        switch (nodeId) {
          case "approval" -> order.totalCents() <= TOO_LARGE_CENTS;
          case "review" -> order.emailVerified();
          default -> throw new IllegalArgumentException("Nobody answers at " + nodeId);
        };
    if (approve) {
      approvals++;
    } else {
      declines++;
    }
    return Resume.action(approve ? "approve" : "decline")
        .output(Map.of("by", "desk", "order", order.id()));
  }

  int approvals() {
    return approvals;
  }

  int declines() {
    return declines;
  }
}
