package io.flowcraft.state.cassandra;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.BatchStatement;
import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import com.datastax.oss.driver.api.core.cql.Statement;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A session to the real server that holds statements back until the test lets them go: a worker
 * that is slow at just this point.
 */
final class HoldingSession {

  /** What was prepared. */
  final List<String> prepared = new CopyOnWriteArrayList<>();

  private final CqlSession real;
  private volatile Predicate<String> held = query -> false;
  private final CompletableFuture<Void> arrived = new CompletableFuture<>();
  private final CompletableFuture<Void> released = new CompletableFuture<>();

  HoldingSession(CqlSession real) {
    this.real = real;
  }

  /** Holds back every statement whose text matches, from now on. */
  void hold(Predicate<String> matching) {
    held = matching;
  }

  void awaitHeld() throws Exception {
    arrived.get(60, TimeUnit.SECONDS);
  }

  void release() {
    held = query -> false;
    released.complete(null);
  }

  CqlSession session() {
    return (CqlSession)
        Proxy.newProxyInstance(
            CqlSession.class.getClassLoader(),
            new Class<?>[] {CqlSession.class},
            (proxy, method, arguments) -> {
              Object first = arguments == null || arguments.length == 0 ? null : arguments[0];
              if (method.getName().equals("prepare") && first instanceof SimpleStatement simple) {
                prepared.add(simple.getQuery());
              }
              if (method.getName().equals("executeAsync")
                  && first instanceof Statement<?> statement
                  && held.test(text(statement))) {
                arrived.complete(null);
                return released.thenCompose(
                    go -> (CompletionStage<?>) real.executeAsync(statement));
              }
              return call(method, arguments);
            });
  }

  private @Nullable Object call(java.lang.reflect.Method method, Object @Nullable [] arguments)
      throws Throwable {
    try {
      return method.invoke(real, arguments);
    } catch (InvocationTargetException e) {
      throw e.getTargetException();
    }
  }

  private static String text(Object statement) {
    if (statement instanceof BoundStatement bound) {
      return bound.getPreparedStatement().getQuery();
    }
    if (statement instanceof BatchStatement batch) {
      return text(batch.iterator().next());
    }
    return statement instanceof SimpleStatement simple ? simple.getQuery() : "";
  }
}
