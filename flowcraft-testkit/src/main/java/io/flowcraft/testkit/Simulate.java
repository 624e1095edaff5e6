package io.flowcraft.testkit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.TestTemplate;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * A test of a workflow that must come out the same in whatever order things happen, and whatever
 * goes wrong. It replaces {@code @Test}; the method plays with a {@link FlowTester} as in any other
 * test.
 *
 * <p>First the method runs without any fault. Then it runs once for each seed, on three processes
 * whose steps take turns by chance: processes die or stand still, calls and answers are lost or
 * late, jobs are delivered twice, late or never, the coordination store forgets. As with {@link
 * CrashEverywhere}, the results and what {@link FlowTester#compare} names must be what they are
 * without a fault. A seed that fails is made simpler, as long as it fails, by repeating the test
 * with fewer faults; then the failure tells what happened, in words and as a diagram.
 *
 * <p>The same seed gives the same history. By default the seeds are the same each time, from 1 on,
 * so that a build does not fail by chance. The system property {@value #FROM} sets the first seed,
 * or with the value {@code random} takes fresh ones; {@value #SEEDS} sets their number.
 *
 * <p>What {@link CrashEverywhere} says of repeatable methods holds here, too. Getting over a fault
 * takes time, up to two hours in all, in which timers run, and clocks differ by seconds: a test
 * that looks at a run a minute before something is due may be late.
 *
 * <p>Each repetition is a test of its own for JUnit, with a fresh instance, its own
 * {@code @BeforeEach} and extensions: a thousand of them are many lines in a report, and as many
 * tests that are really independent. The first seed that fails is the last one.
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@TestTemplate
@Execution(ExecutionMode.SAME_THREAD)
@ExtendWith(FlowcraftExtension.class)
public @interface Simulate {

  /** The system property that sets the first seed: a number, or {@code random}. */
  String FROM = "flowcraft.simulate.from";

  /** The system property that sets the number of seeds. */
  String SEEDS = "flowcraft.simulate.seeds";

  /** How many seeds. */
  int seeds() default 1_000;

  /** The first seed. */
  long from() default 1;

  /**
   * Whether results must be the same each time. If they depend on which of several branches is
   * first, they need not; then only what the test asserts and compares counts.
   */
  boolean sameResults() default true;
}
