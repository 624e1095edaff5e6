package io.flowcraft.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaConstructor;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.Date;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.NullMarked;

/** What no class of ours does. */
final class Habits {

  /** The one class that asks the machine for the time. */
  static final String SYSTEM_CLOCK = "io.flowcraft.runtime.internal.time.SystemClock";

  private static final Set<String> GENERIC_EXCEPTIONS =
      Set.of(
          "java.lang.Throwable",
          "java.lang.Exception",
          "java.lang.RuntimeException",
          "java.lang.Error");

  private static final Set<String> DATES =
      names(
          Instant.class,
          LocalDate.class,
          LocalTime.class,
          LocalDateTime.class,
          OffsetDateTime.class,
          ZonedDateTime.class);

  private static final Set<String> CLOCKS = names(Clock.class, InstantSource.class);

  static final ArchRule NO_SLEEP =
      noClasses()
          .should()
          .accessTargetWhere(targetIs("Thread.sleep", Habits::isSleep))
          .because("a test that sleeps is slow or flaky, and production code waits for something");

  static final ArchRule TIME_IS_INJECTED =
      noClasses()
          .that(describe("are not " + SYSTEM_CLOCK, type -> !type.getName().equals(SYSTEM_CLOCK)))
          .should()
          .accessTargetWhere(targetIs("the machine's clock", Habits::isMachineTime))
          .because("tests own time, so there is one door to the machine's clock: " + SYSTEM_CLOCK);

  static final ArchRule NO_CONSOLE =
      noClasses()
          .should()
          .accessTargetWhere(targetIs("the console", Habits::isConsole))
          .because("a library speaks through the user's logging");

  static final ArchRule NO_GENERIC_EXCEPTIONS =
      noClasses()
          .should()
          .accessTargetWhere(
              describe("a generic exception is created", Habits::createsGenericException))
          .because("an exception carries a code and fields, and can be caught on its own");

  static final ArchRule PACKAGES_ARE_NULL_MARKED =
      classes()
          .should(liveInNullMarkedPackage())
          .because("nullness is part of every signature, and NullAway checks marked packages only");

  private Habits() {}

  private static Set<String> names(Class<?>... types) {
    return java.util.Arrays.stream(types)
        .map(Class::getName)
        .collect(java.util.stream.Collectors.toUnmodifiableSet());
  }

  private static DescribedPredicate<JavaAccess<?>> targetIs(
      String description, java.util.function.BiPredicate<String, AccessTarget> test) {
    return describe(
        "target is " + description,
        access -> test.test(access.getTargetOwner().getName(), access.getTarget()));
  }

  private static boolean isSleep(String owner, AccessTarget target) {
    return target.getName().equals("sleep")
        && (owner.equals(Thread.class.getName()) || owner.equals(TimeUnit.class.getName()));
  }

  private static boolean isMachineTime(String owner, AccessTarget target) {
    String name = target.getName();
    return (DATES.contains(owner) && name.equals("now"))
        || (CLOCKS.contains(owner) && (name.startsWith("system") || name.startsWith("tick")))
        || (owner.equals(Date.class.getName()) && target.getFullName().endsWith("<init>()"))
        || (owner.equals(System.class.getName())
            && (name.equals("currentTimeMillis") || name.equals("nanoTime")));
  }

  private static boolean isConsole(String owner, AccessTarget target) {
    String name = target.getName();
    return (owner.equals(System.class.getName()) && (name.equals("out") || name.equals("err")))
        || target.getFullName().endsWith(".printStackTrace()");
  }

  private static boolean createsGenericException(JavaAccess<?> access) {
    String created = access.getTargetOwner().getName();
    return GENERIC_EXCEPTIONS.contains(created)
        && access.getTarget().getName().equals(JavaConstructor.CONSTRUCTOR_NAME)
        && !isCallOfSuperConstructor(access, created);
  }

  private static boolean isCallOfSuperConstructor(JavaAccess<?> access, String created) {
    return access.getOrigin() instanceof JavaConstructor
        && access
            .getOriginOwner()
            .getRawSuperclass()
            .map(parent -> parent.getName().equals(created))
            .orElse(false);
  }

  private static ArchCondition<JavaClass> liveInNullMarkedPackage() {
    return new ArchCondition<>("live in a package that is @NullMarked") {
      @Override
      public void check(JavaClass type, ConditionEvents events) {
        if (!type.getPackage().isAnnotatedWith(NullMarked.class)) {
          events.add(
              SimpleConditionEvent.violated(
                  type, type.getPackageName() + " is not @NullMarked: " + type.getFullName()));
        }
      }
    };
  }
}
