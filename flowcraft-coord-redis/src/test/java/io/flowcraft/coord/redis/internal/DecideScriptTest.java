package io.flowcraft.coord.redis.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowcraft.blueprint.Join;
import io.flowcraft.spi.JoinSpec;
import io.flowcraft.testservers.TestServers;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.redisson.Redisson;
import org.redisson.api.RScript.Mode;
import org.redisson.api.RScript.ReturnType;
import org.redisson.api.RedissonClient;
import org.redisson.client.codec.StringCodec;
import org.redisson.config.Config;

/** The rule of joins exists twice, in Java and in Lua: they say the same about every small join. */
class DecideScriptTest {

  private static final int MOST_EDGES = 6;

  /** Decides each of a list of joins, five arguments each. */
  private static final String ASK =
      Script.read("decide.lua")
          + """
          local answers = {}
          for i = 1, #ARGV, 6 do
            local n = function(k) return tonumber(ARGV[i + k]) end
            answers[#answers + 1] = decide(ARGV[i], n(1), n(2), n(3), n(4), n(5)) or 'P'
          end
          return answers
          """;

  private final List<String> asked = new ArrayList<>();
  private final List<String> questions = new ArrayList<>();
  private final List<String> expected = new ArrayList<>();

  @Test
  void luaDecidesLikeJava() {
    for (Join rule : rules()) {
      for (int edges = 1; edges <= MOST_EDGES; edges++) {
        ask(new JoinSpec(rule, edges));
      }
    }

    List<Object> answers = answers();

    assertThat(questions).hasSizeGreaterThan(3_000);
    for (int i = 0; i < questions.size(); i++) {
      assertThat(answers.get(i)).as(questions.get(i)).isEqualTo(expected.get(i));
    }
  }

  private static List<Join> rules() {
    List<Join> rules = new ArrayList<>(List.of(Join.all(), Join.any(), Join.every()));
    for (int count = 1; count <= MOST_EDGES + 2; count++) {
      rules.add(Join.atLeast(count));
    }
    return rules;
  }

  /** All numbers of edges, also one more than the join expects. */
  private void ask(JoinSpec join) {
    for (int taken = 0; taken <= join.expected() + 1; taken++) {
      for (int skipped = 0; taken + skipped <= join.expected() + 1; skipped++) {
        for (int dead = 0; taken + skipped + dead <= join.expected() + 1; dead++) {
          asked.addAll(
              List.of(
                  Letters.of(join.rule().kind()),
                  "" + join.expected(),
                  "" + join.rule().count(),
                  "" + taken,
                  "" + skipped,
                  "" + dead));
          questions.add(join + " taken " + taken + ", skipped " + skipped + ", dead " + dead);
          expected.add(
              switch (join.decide(taken, skipped, dead)) {
                case PENDING -> "P";
                case READY -> "R";
                case SKIPPED -> "S";
                case DEAD -> "D";
              });
        }
      }
    }
  }

  private List<Object> answers() {
    Config config = new Config();
    config.useSingleServer().setAddress(TestServers.redis());
    RedissonClient client = Redisson.create(config);
    try {
      return client
          .getScript(StringCodec.INSTANCE)
          .eval(
              "decide", Mode.READ_WRITE, ASK, ReturnType.LIST, List.of("decide"), asked.toArray());
    } finally {
      client.shutdown();
    }
  }
}
