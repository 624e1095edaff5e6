package io.flowcraft.examples.orders;

import io.flowcraft.error.FlowcraftException;
import io.flowcraft.node.NodeContext;
import io.flowcraft.node.NodeRegistry;
import io.flowcraft.node.NodeResult;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The implementations that the blueprint {@code order.json} names. */
final class OrderNodes {

  private final Services services;

  OrderNodes(Services services) {
    this.services = services;
  }

  NodeRegistry registry() {
    return NodeRegistry.empty()
        .register("orders.receive", this::receive)
        .register("orders.checkStock", this::checkStock)
        .register("orders.checkFraud", this::checkFraud)
        .register("orders.checkCredit", this::checkCredit)
        .register("orders.assess", this::assess)
        .register("orders.charge", this::charge)
        .register("orders.packLine", this::packLine)
        .register("orders.invoice", this::invoice)
        .register("orders.declareCustoms", this::declareCustoms)
        .register("orders.ship", this::ship)
        .register("orders.reject", this::reject);
  }

  /** What the later nodes ask for again and again. */
  record Received(String orderId, long totalCents, boolean abroad) {}

  /** The answer of a check; without a reason to refuse, the reason is empty. */
  record Check(boolean passed, String reason) {
    static Check of(boolean passed, String reason) {
      return new Check(passed, passed ? "" : reason);
    }
  }

  /** Everything that is known before money moves. */
  record Case(Received received, Check stock, Check fraud, Check credit) {}

  /** The parameters of the node {@code assess}. */
  record Policy(long largeFromCents) {}

  /** A packed line. */
  record Parcel(String article, int items) {}

  /** What goes on the lorry. */
  record Shipment(Order order, List<Parcel> packages) {}

  private NodeResult receive(NodeContext context) {
    Order order = context.input(Order.class);
    return NodeResult.output(
        new Received(order.id(), order.totalCents(), services.isAbroad(order)));
  }

  private NodeResult checkStock(NodeContext context) {
    Optional<Order.Line> missing =
        context.input(Order.class).lines().stream()
            .filter(line -> !services.inStock(line))
            .findFirst();
    String reason = missing.map(line -> "not enough " + line.article()).orElse("");
    return NodeResult.output(Check.of(missing.isEmpty(), reason));
  }

  private NodeResult checkFraud(NodeContext context) {
    boolean suspicious = services.isSuspicious(context.input(Order.class));
    return NodeResult.output(Check.of(!suspicious, "suspicious"));
  }

  private NodeResult checkCredit(NodeContext context) {
    Order order = context.input(Order.class);
    return NodeResult.output(
        Check.of(order.totalCents() <= order.creditCents(), "beyond the credit limit"));
  }

  /** Chooses one of three ways; the others are skipped, with all that lies behind them alone. */
  private NodeResult assess(NodeContext context) {
    Case all = context.input(Case.class);
    List<String> reasons =
        Stream.of(all.stock(), all.fraud(), all.credit())
            .filter(check -> !check.passed())
            .map(Check::reason)
            .toList();
    boolean large = all.received().totalCents() >= context.params(Policy.class).largeFromCents();
    String way = !reasons.isEmpty() ? "reject" : large ? "ask" : "charge";
    return NodeResult.output(reasons).withAction(way);
  }

  private NodeResult charge(NodeContext context) throws Services.PaymentUnavailable {
    Received received = context.input(Received.class);
    return NodeResult.output(
        services.charge(context.idempotencyKey(), received.orderId(), context.attempt()));
  }

  private NodeResult packLine(NodeContext context) {
    Order.Line line = context.input(Order.Line.class);
    return NodeResult.output(new Parcel(line.article(), line.quantity()));
  }

  private NodeResult invoice(NodeContext context) {
    return NodeResult.output("INV-" + context.input(Received.class).orderId());
  }

  private NodeResult declareCustoms(NodeContext context) {
    return NodeResult.output("declared for " + context.input(Order.class).country());
  }

  private NodeResult ship(NodeContext context) {
    Shipment shipment = context.input(Shipment.class);
    if (shipment.order().postcode().isEmpty()) {
      throw FlowcraftException.fatal("No label: the order has no postcode");
    }
    return NodeResult.output(shipment.packages().stream().mapToInt(Parcel::items).sum());
  }

  private NodeResult reject(NodeContext context) {
    return NodeResult.output("wrote to " + context.input(Order.class).customer());
  }
}
