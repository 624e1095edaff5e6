package io.flowcraft.testkit.golden;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Pairs expected elements with actual ones regardless of their order. */
final class Multiset {

  private final List<@Nullable Object> missing;
  private final List<@Nullable Object> extra;

  private Multiset(List<@Nullable Object> missing, List<@Nullable Object> extra) {
    this.missing = missing;
    this.extra = extra;
  }

  /** Pairs equal elements first, so that a tolerant match takes no element from an exact one. */
  static Multiset pair(
      List<@Nullable Object> expected, List<@Nullable Object> actual, Differ differ) {
    Multiset rest = new Multiset(new ArrayList<>(expected), new ArrayList<>(actual));
    rest.remove((left, right) -> Differ.show(left).equals(Differ.show(right)), differ);
    rest.remove((left, right) -> true, differ);
    return rest;
  }

  private interface Candidate {
    boolean test(@Nullable Object expected, @Nullable Object actual);
  }

  private void remove(Candidate candidate, Differ differ) {
    Iterator<@Nullable Object> unpaired = missing.iterator();
    while (unpaired.hasNext()) {
      Object expected = unpaired.next();
      for (int i = 0; i < extra.size(); i++) {
        if (candidate.test(expected, extra.get(i)) && differ.matches(expected, extra.get(i))) {
          extra.remove(i);
          unpaired.remove();
          break;
        }
      }
    }
  }

  /** What is left on either side, in words. */
  List<String> differences(String what) {
    List<String> found = new ArrayList<>();
    missing.forEach(element -> found.add(what + " missing: " + Differ.show(element)));
    extra.forEach(element -> found.add(what + " not expected: " + Differ.show(element)));
    return found;
  }
}
