package io.flowcraft.examples.orders;

import io.flowcraft.blueprint.Blueprint;
import io.flowcraft.json.BlueprintJson;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The files that the program brings along. */
final class OrderFile {

  private static final String COLUMNS =
      "id,customer,country,postcode,email_verified,credit_cents,lines";
  private static final Pattern LINE = Pattern.compile("([A-Z-]+)\\*(\\d+)@(\\d+)");

  private OrderFile() {}

  /** The orders of {@code orders.csv}. */
  static List<Order> orders() {
    List<String> rows = text("orders.csv").lines().toList();
    if (!rows.get(0).equals(COLUMNS)) {
      throw new IllegalArgumentException(
          "orders.csv begins with \"" + rows.get(0) + "\"; expected: " + COLUMNS);
    }
    return rows.stream().skip(1).map(OrderFile::order).toList();
  }

  /** The workflow, {@code order.json}. */
  static Blueprint blueprint() {
    return BlueprintJson.read(text("order.json"));
  }

  private static String text(String name) {
    try (InputStream stream = OrderFile.class.getResourceAsStream("/orders/" + name)) {
      if (stream == null) {
        throw new IllegalArgumentException("The class path has no /orders/" + name + ".");
      }
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("Reading /orders/" + name, e);
    }
  }

  static Order order(String row) {
    String[] cells = row.split(",", -1);
    if (cells.length != 7) {
      throw new IllegalArgumentException("An order needs 7 cells; found: " + row);
    }
    return new Order(
        cells[0],
        cells[1],
        cells[2],
        cells[3],
        cells[4].equals("yes"),
        Long.parseLong(cells[5]),
        Arrays.stream(cells[6].split(";")).map(OrderFile::line).toList());
  }

  private static Order.Line line(String text) {
    Matcher parts = LINE.matcher(text);
    if (!parts.matches()) {
      throw new IllegalArgumentException(
          "A line is \"" + text + "\"; expected: article*quantity@cents");
    }
    return new Order.Line(
        parts.group(1), Integer.parseInt(parts.group(2)), Long.parseLong(parts.group(3)));
  }
}
