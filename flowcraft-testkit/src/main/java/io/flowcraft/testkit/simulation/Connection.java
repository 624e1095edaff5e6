package io.flowcraft.testkit.simulation;

import io.flowcraft.error.ErrorCode;
import io.flowcraft.error.FlowcraftException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The way of a process to the backends: a call is sent, arrives later, and is answered later still,
 * unless something goes wrong.
 */
final class Connection {

  private static final Duration TIMEOUT = Duration.ofSeconds(2);

  private final Host host;
  private final Faults faults;
  private final Outages outages;
  private final Disasters disasters;
  private final Trace trace;
  private final List<Call<?>> inFlight = new ArrayList<>();
  private boolean direct;
  private int late;
  private int unanswered;

  Connection(Host host, Faults faults, Outages outages, Disasters disasters, Trace trace) {
    this.host = host;
    this.faults = faults;
    this.outages = outages;
    this.disasters = disasters;
    this.trace = trace;
  }

  Host host() {
    return host;
  }

  /** How many calls will arrive late. */
  int late() {
    return late;
  }

  /** Whether all calls have been answered, and others would be. */
  boolean isClear() {
    return unanswered == 0 && !outages.isCutOff(host);
  }

  /** Whether calls arrive and are answered at once, whatever else is ready. */
  void direct(boolean atOnce) {
    direct = atOnce;
  }

  /**
   * Asks a backend for something that changes nothing.
   *
   * @param backend which one, in the words of a report
   * @param request what is asked, in the words of a report
   * @param effect what happens when the call arrives
   */
  <T> CompletionStage<T> ask(
      String backend, Supplier<String> request, Supplier<CompletionStage<T>> effect) {
    return send(new Call<>(backend, Trace.Kind.QUESTION, request, effect));
  }

  /** Asks a backend for anything else; see {@link #ask}. */
  <T> CompletionStage<T> call(
      String backend, Supplier<String> request, Supplier<CompletionStage<T>> effect) {
    return send(new Call<>(backend, Trace.Kind.REQUEST, request, effect));
  }

  private <T> CompletionStage<T> send(Call<T> call) {
    host.requireAlive();
    if (direct) {
      return call.atOnce();
    }
    unanswered++;
    Fault fault = host.isPaused() ? null : fault(call.backend);
    if (fault == null) {
      call.send();
    } else {
      send(call, fault);
    }
    return call.answer;
  }

  private @Nullable Fault fault(String backend) {
    if (outages.isCutOff(host, backend)) {
      return host.world().choices().among(2) == 0 ? Fault.CALL_LOST : Fault.ANSWER_LOST;
    }
    return faults.atCall();
  }

  private void send(Call<?> call, Fault fault) {
    switch (fault) {
      case ANSWER_LOST -> {
        call.send();
        call.answered = true;
        call.timeOut();
      }
      case CALL_LOST -> call.timeOut();
      case CALL_LATE -> {
        call.timeOut();
        call.sendLate(faults.delay());
      }
      case CALL_SLOW -> call.sendLate(faults.delay());
      case PROCESS_KILLED -> {
        boolean sent = host.world().choices().among(2) == 1;
        if (sent) {
          call.send();
        }
        disasters.strike(fault, host);
        host.requireAlive();
        if (!sent) {
          call.send();
        }
      }
      default -> {
        disasters.strike(fault, host);
        call.send();
      }
    }
  }

  /** The process has died: what it has sent may arrive, now or later, or not. */
  void abandon() {
    for (Call<?> call : List.copyOf(inFlight)) {
      call.abandon();
    }
  }

  /** A call on its way. */
  private final class Call<T> implements Runnable {

    private final String backend;
    private final Trace.Kind kind;
    private final Supplier<String> request;
    private final Supplier<CompletionStage<T>> effect;
    private final Answer<T> answer = new Answer<>(host);
    private boolean answered;
    private boolean lost;

    Call(
        String backend,
        Trace.Kind kind,
        Supplier<String> request,
        Supplier<CompletionStage<T>> effect) {
      this.backend = backend;
      this.kind = kind;
      this.request = request;
      this.effect = effect;
    }

    CompletionStage<T> atOnce() {
      trace.message(host.world(), kind, host.name(), backend, request);
      return effect.get();
    }

    void send() {
      if (host.isPaused()) {
        host.execute(this::send);
        return;
      }
      trace.message(host.world(), kind, host.name(), backend, request);
      inFlight.add(this);
      host.world().ready(this);
    }

    void sendLate(Duration delay) {
      trace.message(
          host.world(),
          kind,
          host.name(),
          backend,
          () -> request.get() + " (on its way for " + delay.toSeconds() + " s)");
      arriveAfter(delay);
    }

    private void arriveAfter(Duration delay) {
      late++;
      host.world()
          .afterOnTheWay(
              delay,
              () -> {
                late--;
                run();
              });
    }

    void timeOut() {
      Runnable expire =
          () -> {
            if (!answer.isDone()) {
              unanswered--;
              failed(host.name(), () -> request.get() + " timed out");
              answer.completeExceptionally(
                  new FlowcraftException(
                      ErrorCode.BACKEND, "A call to the " + backend + " timed out."));
            }
          };
      host.world().afterOnTheWay(TIMEOUT, () -> host.execute(expire));
    }

    void abandon() {
      inFlight.remove(this);
      switch (host.world().choices().among(3)) {
        case 1 -> lost = true;
        case 2 -> {
          lost = true;
          sendAgain();
        }
        default -> {}
      }
    }

    private void sendAgain() {
      Duration delay = faults.delay();
      late++;
      host.world()
          .afterOnTheWay(
              delay,
              () -> {
                late--;
                lost = false;
                run();
              });
    }

    /** It arrives. */
    @Override
    public void run() {
      if (lost) {
        return;
      }
      inFlight.remove(this);
      CompletionStage<T> done =
          kind == Trace.Kind.REQUEST
              ? disasters.arrive(host, () -> backend + ": " + request.get(), effect)
              : effect.get();
      if (answered) {
        failed(backend, () -> "answer to " + request.get() + " is lost");
        return;
      }
      host.execute(
          () -> {
            boolean unused = done.whenComplete(this::answer).toCompletableFuture().isDone();
          });
    }

    private void failed(String who, Supplier<String> how) {
      boolean idle = kind == Trace.Kind.QUESTION;
      trace.note(host.world(), idle ? Trace.Kind.SILENCE : Trace.Kind.INCIDENT, who, how);
    }

    private void answer(T value, Throwable error) {
      Trace.Kind back = kind == Trace.Kind.QUESTION ? Trace.Kind.REPLY : Trace.Kind.ANSWER;
      trace.message(
          host.world(),
          back,
          backend,
          host.name(),
          () -> error == null ? Words.of(value) : "refuses: " + error.getMessage());
      unanswered -= answer.isDone() ? 0 : 1;
      if (error == null) {
        answer.complete(value);
      } else {
        answer.completeExceptionally(error);
      }
    }
  }
}
