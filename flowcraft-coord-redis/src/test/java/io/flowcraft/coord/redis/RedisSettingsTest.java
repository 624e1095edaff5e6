package io.flowcraft.coord.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flowcraft.error.ErrorCode;
import io.flowcraft.error.FlowcraftException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RedisSettingsTest {

  private static final String SECRET = "s3cret";

  @Test
  void propertiesComeBeforeTheEnvironment() {
    RedisSettings settings =
        RedisSettings.from(
            Map.of(
                "flowcraft.redis.uri", "redis://a:1, redis://b:2",
                "flowcraft.redis.timeout", "500ms",
                "flowcraft.redis.run-ttl", "12h"),
            Map.of(
                "FLOWCRAFT_REDIS_URI", "redis://c:3",
                "FLOWCRAFT_REDIS_KEY_PREFIX", "mine:",
                "FLOWCRAFT_REDIS_RETRIES", "4",
                "FLOWCRAFT_REDIS_PASSWORD", SECRET));

    assertThat(settings.addresses()).containsExactly("redis://a:1", "redis://b:2");
    assertThat(settings.timeout()).isEqualTo(Duration.ofMillis(500));
    assertThat(settings.runTimeToLive()).isEqualTo(Duration.ofHours(12));
    assertThat(settings.keyPrefix()).isEqualTo("mine:");
    assertThat(settings.retries()).isEqualTo(4);
    assertThat(settings.password()).isEqualTo(SECRET);
  }

  @Test
  void whatIsNotSaidIsUsual() {
    assertThat(RedisSettings.from(Map.of("flowcraft.redis.uri", "rediss://a:1"), Map.of()))
        .isEqualTo(RedisSettings.at("rediss://a:1"));
  }

  @Test
  void everythingThatIsWrongIsToldAtOnce() {
    assertThatThrownBy(
            () ->
                RedisSettings.from(
                    Map.of(
                        "flowcraft.redis.timeout", "soon",
                        "flowcraft.redis.retries", "many",
                        "flowcraft.redis.url", "redis://a:1"),
                    Map.of()))
        .isInstanceOfSatisfying(
            FlowcraftException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CONFIG_INVALID))
        .hasMessageContaining("flowcraft.redis.url is unknown")
        .hasMessageContaining("flowcraft.redis.uri is missing")
        .hasMessageContaining("flowcraft.redis.timeout is \"soon\"; expected: a duration")
        .hasMessageContaining("flowcraft.redis.retries is \"many\"; expected: a number");
  }

  @Test
  void valuesAreCheckedAsAWhole() {
    assertThatThrownBy(
            () ->
                new RedisSettings(
                    List.of("http://a:1", "redis://u:" + SECRET + "@a"),
                    null,
                    null,
                    Path.of("no", "such", "file"),
                    "p:",
                    Duration.ZERO,
                    99,
                    Duration.ofSeconds(1)))
        .hasMessageContaining("the address \"http://a:1\" is none")
        .hasMessageContaining("\"redis://***@a\" is none")
        .hasMessageContaining("a configuration file excludes addresses")
        .hasMessageContaining("can't be read")
        .hasMessageContaining("the timeout is PT0S")
        .hasMessageContaining("retries is 99")
        .hasMessageContaining("the time to live of runs is PT1S")
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain(SECRET));
  }

  @Test
  void secretsAreNotShown() {
    RedisSettings settings =
        RedisSettings.from(
            Map.of(
                "flowcraft.redis.uri",
                "redis://user:" + SECRET + "@a:1",
                "flowcraft.redis.password",
                SECRET),
            Map.of());
    assertThat(settings.toString())
        .doesNotContain(SECRET)
        .contains("redis://***@a:1")
        .contains("password=***");
  }

  @Test
  void aServerThatIsNotThereIsNamedWithoutSecrets() {
    RedisSettings nowhere =
        RedisSettings.from(
            Map.of(
                "flowcraft.redis.uri", "redis://127.0.0.1:1",
                "flowcraft.redis.password", SECRET,
                "flowcraft.redis.timeout", "200ms",
                "flowcraft.redis.retries", "0"),
            Map.of());
    assertThatThrownBy(() -> RedisCoordinationStore.open(nowhere))
        .isInstanceOfSatisfying(
            FlowcraftException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.BACKEND))
        .hasMessageContaining("redis://127.0.0.1:1")
        .hasMessageContaining("Check that it runs")
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain(SECRET));
  }

  @Test
  void aFileThatIsNoConfigurationIsNamedWithoutItsLines(@TempDir Path home) throws Exception {
    Path file = Files.writeString(home.resolve("redisson.yaml"), "password: {" + SECRET);
    RedisSettings settings =
        RedisSettings.from(Map.of("flowcraft.redis.config-file", file.toString()), Map.of());
    assertThatThrownBy(() -> RedisCoordinationStore.open(settings))
        .isInstanceOfSatisfying(
            FlowcraftException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CONFIG_INVALID))
        .hasMessageContaining(file.toString())
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain(SECRET));
  }
}
