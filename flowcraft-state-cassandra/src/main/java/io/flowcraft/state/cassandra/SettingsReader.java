package io.flowcraft.state.cassandra;

import io.flowcraft.error.ErrorCode;
import io.flowcraft.error.FlowcraftException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/** Reads settings from flat properties. */
final class SettingsReader {

  private static final String PREFIX = "flowcraft.cassandra.";
  private static final int DEFAULT_PORT = 9042;

  private static final Set<String> KNOWN =
      new TreeSet<>(
          Set.of(
              "contact-points",
              "datacenter",
              "username",
              "password",
              "driver-config",
              "keyspace",
              "context-table",
              "status-table",
              "table-prefix",
              "schema",
              "consistency",
              "serial-consistency",
              "timeout",
              "strict",
              "retention",
              "max-value-length"));

  private final Map<String, String> properties;
  private final List<String> wrong = new ArrayList<>();

  SettingsReader(Map<String, String> properties) {
    this.properties = properties;
  }

  CassandraSettings read() {
    for (String key : new TreeSet<>(properties.keySet())) {
      if (key.startsWith(PREFIX) && !KNOWN.contains(key.substring(PREFIX.length()))) {
        wrong.add(key + " is not known; expected: one of " + KNOWN + " behind " + PREFIX);
      }
    }
    CassandraSettings.Builder builder = CassandraSettings.builder();
    text("contact-points", points -> builder.contactPoints(addresses(points), datacenter()));
    String user = properties.get(PREFIX + "username");
    String secret = properties.get(PREFIX + "password");
    if (user != null && secret != null) {
      builder.credentials(user, secret);
    } else if (user != null || secret != null) {
      wrong.add("username and password belong together, and one of them is missing");
    }
    text("driver-config", builder::driverConfig);
    text("keyspace", builder::keyspace);
    builder.tables(
        properties.getOrDefault(PREFIX + "context-table", "flowcraft_contexts"),
        properties.getOrDefault(PREFIX + "status-table", "flowcraft_statuses"),
        properties.getOrDefault(PREFIX + "table-prefix", "flowcraft_"));
    text("schema", value -> builder.schema(schema(value)));
    builder.consistency(
        properties.getOrDefault(PREFIX + "consistency", "LOCAL_QUORUM"),
        properties.getOrDefault(PREFIX + "serial-consistency", "LOCAL_SERIAL"));
    text("timeout", value -> builder.timeout(duration("timeout", value)));
    text("strict", value -> builder.strict(flag(value)));
    text("retention", value -> builder.retention(duration("retention", value)));
    text("max-value-length", value -> builder.maxValueLength(number(value)));
    if (!wrong.isEmpty()) {
      throw invalid();
    }
    return builder.build();
  }

  private FlowcraftException invalid() {
    return new FlowcraftException(
        ErrorCode.CONFIG_INVALID,
        "The settings of Cassandra ("
            + PREFIX
            + "*) are not acceptable: "
            + String.join("; ", wrong)
            + ".");
  }

  private void text(String property, Consumer<String> use) {
    String value = properties.get(PREFIX + property);
    if (value != null) {
      use.accept(value.trim());
    }
  }

  private String datacenter() {
    String value = properties.get(PREFIX + "datacenter");
    if (value == null) {
      wrong.add("datacenter is missing; the driver needs the local one beside contact points");
      return "";
    }
    return value;
  }

  private List<InetSocketAddress> addresses(String text) {
    List<InetSocketAddress> addresses = new ArrayList<>();
    for (String part : Arrays.asList(text.split(","))) {
      String address = part.trim();
      int colon = address.lastIndexOf(':');
      String host = colon < 0 ? address : address.substring(0, colon);
      int port = colon < 0 ? DEFAULT_PORT : port(address.substring(colon + 1));
      if (host.isEmpty() || port < 1) {
        wrong.add(
            "contact-points has \"" + address + "\"; expected: host or host:port, with commas");
      } else {
        addresses.add(InetSocketAddress.createUnresolved(host, port));
      }
    }
    return addresses;
  }

  private static int port(String text) {
    try {
      int port = Integer.parseInt(text);
      return port <= 0xFFFF ? port : -1;
    } catch (NumberFormatException e) {
      return -1;
    }
  }

  private CassandraSettings.SchemaMode schema(String text) {
    for (CassandraSettings.SchemaMode mode : CassandraSettings.SchemaMode.values()) {
      if (mode.name().toLowerCase(Locale.ROOT).equals(text)) {
        return mode;
      }
    }
    wrong.add("schema is \"" + text + "\"; expected: create, verify or none");
    return CassandraSettings.SchemaMode.VERIFY;
  }

  private Duration duration(String property, String text) {
    try {
      return Duration.parse(text);
    } catch (DateTimeParseException e) {
      wrong.add(property + " is \"" + text + "\"; expected: a duration such as PT5S or P30D");
      return Duration.ofSeconds(1);
    }
  }

  private boolean flag(String text) {
    if (!text.equals("true") && !text.equals("false")) {
      wrong.add("strict is \"" + text + "\"; expected: true or false");
    }
    return text.equals("true");
  }

  private int number(String text) {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      wrong.add("max-value-length is \"" + text + "\"; expected: a number of characters");
      return 1;
    }
  }
}
