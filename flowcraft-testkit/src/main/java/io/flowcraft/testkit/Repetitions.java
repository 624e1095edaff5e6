package io.flowcraft.testkit;

import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * The repetitions of a test, one after the other: which one is next depends on how the ones before
 * went.
 */
abstract class Repetitions {

  private @Nullable Repetition current;

  /** The next one; null if that was all. Called when the one before has ended. */
  abstract @Nullable Repetition next();

  /** The repetitions, each when it is time. */
  Stream<Repetition> stream() {
    Iterator<Repetition> iterator =
        new Iterator<>() {

          private @Nullable Repetition ahead;

          @Override
          public boolean hasNext() {
            if (ahead == null && (current == null || current.isOver())) {
              ahead = Repetitions.this.next();
            }
            return ahead != null;
          }

          @Override
          public Repetition next() {
            if (!hasNext() || ahead == null) {
              throw new NoSuchElementException();
            }
            Repetition next = ahead;
            ahead = null;
            current = next;
            return next;
          }
        };
    return StreamSupport.stream(
        Spliterators.spliteratorUnknownSize(iterator, Spliterator.ORDERED), false);
  }
}
