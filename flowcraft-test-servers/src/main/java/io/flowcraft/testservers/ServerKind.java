package io.flowcraft.testservers;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A server, and the environment variables that tell where it is. */
enum ServerKind {
  KAFKA,
  CASSANDRA,
  REDIS;

  List<String> variables() {
    return switch (this) {
      case KAFKA -> List.of("FLOWCRAFT_KAFKA_BOOTSTRAP");
      case CASSANDRA ->
          List.of("FLOWCRAFT_CASSANDRA_CONTACT_POINTS", "FLOWCRAFT_CASSANDRA_DATACENTER");
      case REDIS -> List.of("FLOWCRAFT_REDIS_URI");
    };
  }

  /** The values by variable, if the environment has them; an error if it has but some. */
  Optional<Map<String, String>> in(Map<String, String> environment) {
    Map<String, String> found = new LinkedHashMap<>();
    for (String variable : variables()) {
      String value = environment.get(variable);
      if (value != null && !value.isBlank()) {
        found.put(variable, value.strip());
      }
    }
    if (!found.isEmpty() && found.size() < variables().size()) {
      throw new ServersException(
          "The environment has "
              + found.keySet()
              + "; expected: all of "
              + variables()
              + ", or none.");
    }
    return found.isEmpty() ? Optional.empty() : Optional.of(found);
  }

  /** These values by variable. */
  Map<String, String> of(String... values) {
    Map<String, String> address = new LinkedHashMap<>();
    for (int i = 0; i < values.length; i++) {
      address.put(variables().get(i), values[i]);
    }
    return address;
  }
}
