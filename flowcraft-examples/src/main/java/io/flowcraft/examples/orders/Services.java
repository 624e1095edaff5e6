package io.flowcraft.examples.orders;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.zip.CRC32;

/**
 * The world outside, made up: it answers the same question in the same way every time, so that the
 * program prints the same numbers on every machine.
 */
final class Services {

  private static final Map<String, Integer> ON_THE_SHELF =
      Map.of("SOFA-TWO", 1, "TABLE-OAK", 1, "CHAIR-MESH", 4, "RUG-WOOL", 1, "VASE-GLASS", 5);
  private static final Set<String> HOME = Set.of("DE", "AT", "FR", "NL", "SE");

  /** A payment provider that is sometimes out of reach. */
  static final class PaymentUnavailable extends Exception {
    private static final long serialVersionUID = 1L;

    PaymentUnavailable(String orderId) {
      super("The payment provider did not answer for " + orderId);
    }
  }

  boolean inStock(Order.Line line) {
    return line.quantity() <= ON_THE_SHELF.getOrDefault(line.article(), 12);
  }

  boolean isSuspicious(Order order) {
    boolean unknownCountry = order.country().equals("XX");
    return unknownCountry || (!order.emailVerified() && order.totalCents() > 20_000);
  }

  boolean isAbroad(Order order) {
    return !HOME.contains(order.country());
  }

  /**
   * Charges an order, once for each key however often it is asked.
   *
   * @return the receipt
   */
  String charge(String idempotencyKey, String orderId, int attempt) throws PaymentUnavailable {
    int draw = draw(orderId);
    int failures = draw < 1 ? Integer.MAX_VALUE : draw < 4 ? 2 : draw < 12 ? 1 : 0;
    if (attempt <= failures) {
      throw new PaymentUnavailable(orderId);
    }
    return "PAY-" + Long.toHexString(checksum(idempotencyKey));
  }

  /** A number from 0 to 99 that is always the same for an order. */
  private static int draw(String orderId) {
    return (int) (checksum(orderId) % 100);
  }

  private static long checksum(String text) {
    CRC32 crc = new CRC32();
    crc.update(text.getBytes(StandardCharsets.UTF_8));
    return crc.getValue();
  }
}
