package io.flowcraft.state.cassandra;

import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.BoundStatementBuilder;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import org.jspecify.annotations.Nullable;

/** The values of a statement by name. What is null stays unset: a bound null is a tombstone. */
final class Bindings {

  private BoundStatementBuilder builder;

  Bindings(PreparedStatement statement) {
    this.builder = statement.boundStatementBuilder();
  }

  void text(String name, @Nullable String value) {
    if (value != null) {
      builder = builder.setString(name, value);
    }
  }

  void number(String name, @Nullable Long value) {
    if (value != null) {
      builder = builder.setLong(name, value);
    }
  }

  BoundStatement build() {
    return builder.build();
  }
}
