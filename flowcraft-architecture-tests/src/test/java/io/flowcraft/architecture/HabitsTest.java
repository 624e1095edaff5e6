package io.flowcraft.architecture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.tngtech.archunit.lang.ArchRule;
import io.flowcraft.architecture.fixture.ClockReader;
import io.flowcraft.architecture.fixture.Sleeper;
import io.flowcraft.architecture.fixture.Talker;
import io.flowcraft.architecture.fixture.Thrower;
import io.flowcraft.architecture.fixture.unmarked.Unmarked;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class HabitsTest {

  @TestFactory
  Stream<DynamicTest> nobodySleeps() {
    return inMain(Habits.NO_SLEEP);
  }

  @TestFactory
  Stream<DynamicTest> noTestSleeps() {
    return House.HERE.published().stream()
        .filter(module -> !module.tests().isEmpty())
        .map(module -> dynamicTest(module.name(), () -> Habits.NO_SLEEP.check(module.tests())));
  }

  @TestFactory
  Stream<DynamicTest> timeIsInjected() {
    return inMain(Habits.TIME_IS_INJECTED);
  }

  @TestFactory
  Stream<DynamicTest> nobodyTalksToTheConsole() {
    return inMain(Habits.NO_CONSOLE);
  }

  @TestFactory
  Stream<DynamicTest> exceptionsAreSpecific() {
    return inMain(Habits.NO_GENERIC_EXCEPTIONS);
  }

  @TestFactory
  Stream<DynamicTest> packagesAreNullMarked() {
    return inMain(Habits.PACKAGES_ARE_NULL_MARKED);
  }

  @Test
  void sleepIsReported() {
    assertThat(Violations.of(Habits.NO_SLEEP, Sleeper.class))
        .anySatisfy(line -> assertThat(line).contains("java.lang.Thread.sleep(long)"))
        .anySatisfy(line -> assertThat(line).contains("TimeUnit.sleep(long)"))
        .hasSize(2);
  }

  @Test
  void machineTimeIsReported() {
    assertThat(Violations.of(Habits.TIME_IS_INJECTED, ClockReader.class))
        .anySatisfy(line -> assertThat(line).contains("Instant.now()"))
        .anySatisfy(line -> assertThat(line).contains("currentTimeMillis()"))
        .anySatisfy(line -> assertThat(line).contains("nanoTime()"))
        .anySatisfy(line -> assertThat(line).contains("systemUTC()"))
        .hasSize(4);
  }

  @Test
  void consoleIsReported() {
    assertThat(Violations.of(Habits.NO_CONSOLE, Talker.class))
        .anySatisfy(line -> assertThat(line).contains("System.out"))
        .anySatisfy(line -> assertThat(line).contains("System.err"))
        .anySatisfy(line -> assertThat(line).contains("printStackTrace()"))
        .hasSize(3);
  }

  @Test
  void genericExceptionsAreReportedAndSubclassesAreNot() {
    assertThat(Violations.of(Habits.NO_GENERIC_EXCEPTIONS, Thrower.class, Thrower.Specific.class))
        .anySatisfy(line -> assertThat(line).contains("java.lang.Exception.<init>"))
        .anySatisfy(line -> assertThat(line).contains("java.lang.RuntimeException.<init>"))
        .hasSize(2);
  }

  @Test
  void packageWithoutNullnessIsReported() {
    assertThat(Violations.of(Habits.PACKAGES_ARE_NULL_MARKED, Unmarked.class))
        .singleElement()
        .asString()
        .contains("fixture.unmarked is not @NullMarked");
  }

  private static Stream<DynamicTest> inMain(ArchRule rule) {
    return House.HERE.published().stream()
        .map(module -> dynamicTest(module.name(), () -> rule.check(module.main())));
  }
}
