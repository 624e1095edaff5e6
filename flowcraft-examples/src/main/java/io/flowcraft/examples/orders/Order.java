package io.flowcraft.examples.orders;

import java.util.List;

/**
 * An order as a customer placed it. It goes into a run as it is: records are data.
 *
 * @param id names the order and its run
 * @param customer who ordered
 * @param country where to
 * @param postcode where to; empty if the customer left it out
 * @param emailVerified whether the customer confirmed the address
 * @param creditCents how much the customer may owe
 * @param lines what was ordered
 */
public record Order(
    String id,
    String customer,
    String country,
    String postcode,
    boolean emailVerified,
    long creditCents,
    List<Line> lines) {

  /** Copies the lines. */
  public Order {
    lines = List.copyOf(lines);
  }

  /** What the order costs. */
  public long totalCents() {
    return lines.stream().mapToLong(line -> line.quantity() * line.priceCents()).sum();
  }

  /**
   * Some of one article.
   *
   * @param article which one
   * @param quantity how many
   * @param priceCents what one costs
   */
  public record Line(String article, int quantity, long priceCents) {}
}
