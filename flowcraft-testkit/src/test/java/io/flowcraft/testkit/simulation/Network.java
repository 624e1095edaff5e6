package io.flowcraft.testkit.simulation;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.concurrent.CompletionStage;

/**
 * The way of a host to a backend: a call arrives later, its answer comes later still. A call that
 * is under way when its host dies arrives all the same, or does not.
 */
final class Network implements InvocationHandler {

  private static final double LOST = 0.5;

  private final World world;
  private final Host host;
  private final Object backend;
  private final Runnable observer;

  private Network(World world, Host host, Object backend, Runnable observer) {
    this.world = world;
    this.host = host;
    this.backend = backend;
    this.observer = observer;
  }

  /**
   * A connection.
   *
   * @param observer looks at the world after each call that has arrived
   */
  static <T> T to(Class<T> type, T backend, World world, Host host, Runnable observer) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            new Network(world, host, backend, observer)));
  }

  @Override
  public Object invoke(Object proxy, Method method, Object[] args) throws Throwable {
    if (!CompletionStage.class.isAssignableFrom(method.getReturnType())) {
      return null;
    }
    Answer<Object> answer = new Answer<>(world);
    world.ready(null, () -> arrive(method, args, answer));
    return answer;
  }

  private void arrive(Method method, Object[] args, Answer<Object> answer) {
    if (!host.isAlive() && world.chance(LOST)) {
      return;
    }
    CompletionStage<?> done = call(method, args);
    observer.run();
    world.ready(
        host,
        () ->
            done.whenComplete(
                (value, error) -> {
                  if (error == null) {
                    answer.complete(value);
                  } else {
                    answer.completeExceptionally(error);
                  }
                }));
  }

  private CompletionStage<?> call(Method method, Object[] args) {
    try {
      return (CompletionStage<?>) method.invoke(backend, args);
    } catch (InvocationTargetException | IllegalAccessException e) {
      throw new IllegalStateException(e);
    }
  }
}
