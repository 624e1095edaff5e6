package io.flowcraft.testkit.simulation;

import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** What can strike more than one call. */
@FunctionalInterface
interface Disasters {

  /**
   * Something strikes.
   *
   * @param atWork the process that is at work
   */
  void strike(Fault fault, Host atWork);

  /**
   * A call that changes something reaches its backend.
   *
   * @param from the process that has sent it, dead or alive
   * @param request what is asked, in the words of a report
   * @param effect what it does there
   * @return what there is to answer
   */
  default <T> CompletionStage<T> arrive(
      Host from, Supplier<String> request, Supplier<CompletionStage<T>> effect) {
    return effect.get();
  }
}
