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
 * A test of a workflow that must come out the same wherever its process crashes. It replaces
 * {@code @Test}; the method plays with a {@link FlowTester} as in any other test.
 *
 * <p>First the method runs without a crash, and the effects of its runs are counted: each time that
 * the engine changes something in a store or in the queue. Then it runs again for each effect, with
 * a process that dies right before it, and once more with one that dies right after it. Another
 * process takes over, and the method goes on with that one: whoever asked for something and got no
 * answer asks again. In the end the status of all runs, what became of their nodes, the context,
 * and whatever {@link FlowTester#compare} names must be what they are without a crash.
 *
 * <p>That a node is executed again after a crash is normal: a process may die between what a node
 * does and the moment in which that is stored. It is an error of the node if that shows. The
 * failure tells which node it was, what differs, and what happened, in words.
 *
 * <p>The method must be repeatable: it must not wait for real time or for other threads, and what
 * its nodes change must be new each time. Fields of the test are, and so is what
 * {@code @BeforeEach} makes; static fields are not. Runs are called {@code run-1}, {@code run-2}
 * and so on unless the test names them.
 *
 * <p>Each repetition is a test of its own for JUnit, with a fresh instance, its own
 * {@code @BeforeEach} and extensions. That makes long reports, but then all that works for a test
 * works here too, and a report names each crash. A finding that comes again is reported once, and
 * aborts the later repetitions.
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@TestTemplate
@Execution(ExecutionMode.SAME_THREAD)
@ExtendWith(FlowcraftExtension.class)
public @interface CrashEverywhere {}
