package io.flowcraft.spi;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowcraft.blueprint.Join;
import io.flowcraft.spi.JoinSpec.State;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every rule, up to five edges, every way in which they can be decided, in every order. */
class JoinSpecTest {

  private static final int MOST = 5;

  static Stream<Arguments> joins() {
    return IntStream.rangeClosed(1, MOST)
        .boxed()
        .flatMap(
            edges ->
                Stream.concat(
                        Stream.of(Join.all(), Join.any(), Join.every()),
                        IntStream.rangeClosed(1, edges).mapToObj(Join::atLeast))
                    .map(join -> Arguments.of(join, edges)));
  }

  /** All sequences of decisions over some edges. */
  private static List<List<EdgeState>> sequences(int edges) {
    List<List<EdgeState>> sequences = List.of(List.of());
    for (int i = 0; i < edges; i++) {
      List<List<EdgeState>> longer = new ArrayList<>();
      for (List<EdgeState> sequence : sequences) {
        for (EdgeState next : EdgeState.values()) {
          List<EdgeState> extended = new ArrayList<>(sequence);
          extended.add(next);
          longer.add(extended);
        }
      }
      sequences = longer;
    }
    return sequences;
  }

  private static int count(List<EdgeState> decided, EdgeState state) {
    return (int) decided.stream().filter(state::equals).count();
  }

  private static State decide(JoinSpec join, List<EdgeState> decided) {
    return join.decide(
        count(decided, EdgeState.TAKEN),
        count(decided, EdgeState.SKIPPED),
        count(decided, EdgeState.DEAD));
  }

  /** What the rules say of a join all of whose edges are decided. */
  private static State expected(Join join, List<EdgeState> decided) {
    int taken = count(decided, EdgeState.TAKEN);
    int dead = count(decided, EdgeState.DEAD);
    boolean ready =
        switch (join.kind()) {
          case ALL -> taken > 0 && dead == 0;
          case ANY -> taken > 0;
          case EVERY -> taken == decided.size();
          case AT_LEAST -> taken >= join.count();
        };
    return ready ? State.READY : dead > 0 ? State.DEAD : State.SKIPPED;
  }

  @ParameterizedTest(name = "{0} of {1}")
  @MethodSource("joins")
  void aJoinComesToTheSameInEveryOrder(Join rule, int edges) {
    JoinSpec join = new JoinSpec(rule, edges);
    for (List<EdgeState> sequence : sequences(edges)) {
      State state = State.PENDING;
      for (int i = 1; i <= edges && state == State.PENDING; i++) {
        state = decide(join, sequence.subList(0, i));
      }
      assertThat(state).as("%s of %s", rule.text(), sequence).isEqualTo(expected(rule, sequence));
    }
  }

  @ParameterizedTest(name = "{0} of {1}")
  @MethodSource("joins")
  void aNodeStartsAsSoonAsNothingCanKeepItFromIt(Join rule, int edges) {
    JoinSpec join = new JoinSpec(rule, edges);
    assertThat(decide(join, List.of())).isEqualTo(State.PENDING);
    for (List<EdgeState> sequence : sequences(edges)) {
      for (int i = 1; i <= edges; i++) {
        List<EdgeState> decided = sequence.subList(0, i);
        boolean certain =
            sequences(edges - i).stream()
                .map(rest -> Stream.concat(decided.stream(), rest.stream()).toList())
                .allMatch(whole -> expected(rule, whole) == State.READY);
        assertThat(decide(join, decided) == State.READY)
            .as("%s starts with %s of %s edges", rule.text(), decided, edges)
            .isEqualTo(certain);
      }
    }
  }
}
