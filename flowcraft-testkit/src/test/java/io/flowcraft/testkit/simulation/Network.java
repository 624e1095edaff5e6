package io.flowcraft.testkit.simulation;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.concurrent.CompletionStage;

/** The way of a process to a backend: a call arrives later, its answer comes later still. */
final class Network implements InvocationHandler {

  private final World world;
  private final Object backend;
  private final Runnable observer;

  private Network(World world, Object backend, Runnable observer) {
    this.world = world;
    this.backend = backend;
    this.observer = observer;
  }

  /**
   * A connection.
   *
   * @param observer looks at the world after each call that has arrived
   */
  static <T> T to(Class<T> type, T backend, World world, Runnable observer) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(), new Class<?>[] {type}, new Network(world, backend, observer)));
  }

  @Override
  public Object invoke(Object proxy, Method method, Object[] args) throws Throwable {
    if (!CompletionStage.class.isAssignableFrom(method.getReturnType())) {
      return null;
    }
    Answer<Object> answer = new Answer<>(world);
    world.ready(() -> arrive(method, args, answer));
    return answer;
  }

  private void arrive(Method method, Object[] args, Answer<Object> answer) {
    CompletionStage<?> done = call(method, args);
    observer.run();
    world.ready(
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
