package io.flowcraft.state.cassandra;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.DriverTimeoutException;
import com.datastax.oss.driver.api.core.NoNodeAvailableException;
import com.datastax.oss.driver.api.core.config.DefaultDriverOption;
import com.datastax.oss.driver.api.core.config.DriverExecutionProfile;
import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import com.datastax.oss.driver.api.core.cql.Statement;
import com.datastax.oss.driver.api.core.servererrors.QueryConsistencyException;
import io.flowcraft.error.ErrorCode;
import io.flowcraft.error.FlowcraftException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A session with the execution profiles of the store. Plain statements are idempotent and may be
 * repeated by the driver; lightweight transactions are not, and are repeated here, where it is
 * known that repeating is safe.
 */
final class Cql implements AutoCloseable {

  /** So often a lightweight transaction is tried that lost against others or timed out. */
  private static final int TRIES = 4;

  private final CqlSession session;
  private final boolean owned;
  private final DriverExecutionProfile plain;
  private final DriverExecutionProfile conditional;
  private final DriverExecutionProfile serialRead;
  private final AtomicBoolean closed = new AtomicBoolean();

  Cql(CqlSession session, boolean owned, CassandraSettings settings) {
    this.session = session;
    this.owned = owned;
    DriverExecutionProfile base = session.getContext().getConfig().getDefaultProfile();
    DriverExecutionProfile common =
        base.withDuration(DefaultDriverOption.REQUEST_TIMEOUT, settings.timeout())
            .withString(
                DefaultDriverOption.REQUEST_SERIAL_CONSISTENCY, settings.serialConsistency());
    this.plain =
        common
            .withString(DefaultDriverOption.REQUEST_CONSISTENCY, settings.consistency())
            .withBoolean(DefaultDriverOption.REQUEST_DEFAULT_IDEMPOTENCE, true);
    this.conditional =
        common
            .withString(DefaultDriverOption.REQUEST_CONSISTENCY, settings.consistency())
            .withBoolean(DefaultDriverOption.REQUEST_DEFAULT_IDEMPOTENCE, false);
    this.serialRead =
        common
            .withString(DefaultDriverOption.REQUEST_CONSISTENCY, settings.serialConsistency())
            .withBoolean(DefaultDriverOption.REQUEST_DEFAULT_IDEMPOTENCE, true);
  }

  CqlSession session() {
    return session;
  }

  DriverExecutionProfile plainProfile() {
    return plain;
  }

  DriverExecutionProfile conditionalProfile() {
    return conditional;
  }

  /** For reads and plain writes. */
  PreparedStatement prepare(String cql) {
    return session.prepare(
        SimpleStatement.newInstance(cql).setExecutionProfile(plain).setIdempotent(true));
  }

  /** For lightweight transactions. */
  PreparedStatement prepareConditional(String cql) {
    return session.prepare(
        SimpleStatement.newInstance(cql).setExecutionProfile(conditional).setIdempotent(false));
  }

  /** For reads that see every lightweight transaction that was decided. */
  PreparedStatement prepareSerialRead(String cql) {
    return session.prepare(
        SimpleStatement.newInstance(cql).setExecutionProfile(serialRead).setIdempotent(true));
  }

  /** The first page of the answer. */
  CompletionStage<AsyncResultSet> execute(String what, Statement<?> statement) {
    if (closed.get()) {
      return CompletableFuture.failedFuture(
          new FlowcraftException(
              ErrorCode.CLOSED, "The Cassandra store is closed and can't " + what + "."));
    }
    return session
        .executeAsync(statement)
        .handle(
            (answer, error) -> {
              if (error != null) {
                throw failed(what, error);
              }
              return answer;
            });
  }

  CompletionStage<Void> write(String what, Statement<?> statement) {
    return execute(what, statement).thenAccept(done -> {});
  }

  CompletionStage<@Nullable Row> one(String what, Statement<?> statement) {
    return execute(what, statement).thenApply(AsyncResultSet::one);
  }

  /** Hands over every row of every page; whether there was more than one page. */
  CompletionStage<Boolean> rows(String what, Statement<?> statement, Consumer<Row> consumer) {
    return execute(what, statement).thenCompose(page -> pages(what, page, consumer, false));
  }

  CompletionStage<List<Row>> list(String what, Statement<?> statement) {
    List<Row> rows = new ArrayList<>();
    return rows(what, statement, rows::add).thenApply(paged -> rows);
  }

  private CompletionStage<Boolean> pages(
      String what, AsyncResultSet page, Consumer<Row> consumer, boolean several) {
    page.currentPage().forEach(consumer);
    if (!page.hasMorePages()) {
      return Async.of(several);
    }
    return page.fetchNextPage()
        .handle(
            (next, error) -> {
              if (error != null) {
                throw failed(what, error);
              }
              return next;
            })
        .thenCompose(next -> pages(what, next, consumer, true));
  }

  /**
   * A lightweight transaction that may be repeated: its condition fails if it has taken effect, and
   * the caller tells its own effect from that of others.
   */
  CompletionStage<AsyncResultSet> conditional(String what, Supplier<Statement<?>> statement) {
    return conditional(what, statement, TRIES);
  }

  private CompletionStage<AsyncResultSet> conditional(
      String what, Supplier<Statement<?>> statement, int tries) {
    CompletableFuture<AsyncResultSet> result = new CompletableFuture<>();
    execute(what, statement.get())
        .whenComplete(
            (answer, error) -> {
              if (error == null) {
                result.complete(answer);
              } else if (tries <= 1 || !isContended(error)) {
                result.completeExceptionally(error);
              } else {
                conditional(what, statement, tries - 1)
                    .whenComplete(
                        (later, again) -> {
                          if (again == null) {
                            result.complete(later);
                          } else {
                            result.completeExceptionally(again);
                          }
                        });
              }
            });
    return result;
  }

  /** Whether the server says that it could not decide in time; a silent one is not asked again. */
  private static boolean isContended(Throwable error) {
    Throwable cause = error instanceof CompletionException ? error.getCause() : error;
    return cause instanceof FlowcraftException failure
        && failure.getCause() instanceof QueryConsistencyException;
  }

  private static FlowcraftException failed(String what, Throwable error) {
    Throwable cause =
        error instanceof CompletionException && error.getCause() != null ? error.getCause() : error;
    if (cause instanceof FlowcraftException known) {
      return known;
    }
    String found = "it failed with " + cause.getClass().getSimpleName() + ": " + cause.getMessage();
    if (cause instanceof DriverTimeoutException) {
      found = "it did not answer in time; whether the effect took place is open";
    } else if (cause instanceof NoNodeAvailableException) {
      found = "no node of the cluster can be reached";
    }
    return new FlowcraftException(
        ErrorCode.BACKEND,
        "Cassandra was asked to "
            + what
            + ", and "
            + found
            + ". Asking again is safe; if it goes on, look at the cluster.",
        cause);
  }

  @Override
  public void close() {
    if (closed.compareAndSet(false, true) && owned) {
      session.close();
    }
  }
}
