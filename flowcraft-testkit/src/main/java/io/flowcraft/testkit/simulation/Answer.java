package io.flowcraft.testkit.simulation;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/** The answer to a call of a process. Who waits for it lets the world go on meanwhile. */
final class Answer<T> extends CompletableFuture<T> {

  private final Host host;

  Answer(Host host) {
    this.host = host;
  }

  @Override
  public <U> CompletableFuture<U> newIncompleteFuture() {
    return new Answer<>(host);
  }

  @Override
  public T join() {
    host.await(this);
    return super.join();
  }

  @Override
  public T get() throws InterruptedException, ExecutionException {
    host.await(this);
    return super.get();
  }
}
