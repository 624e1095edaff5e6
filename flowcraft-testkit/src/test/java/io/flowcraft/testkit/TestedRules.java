package io.flowcraft.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowcraft.testkit.spi.ContextStoreCompatibilityKit;
import io.flowcraft.testkit.spi.CoordinationStoreCompatibilityKit;
import io.flowcraft.testkit.spi.JobQueueCompatibilityKit;
import io.flowcraft.testkit.spi.Rule;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The rules that the kits test. */
public final class TestedRules {

  private TestedRules() {}

  /** The numbers of the rules. */
  public static Set<String> numbers() {
    return Stream.of(
            JobQueueCompatibilityKit.class,
            ContextStoreCompatibilityKit.class,
            CoordinationStoreCompatibilityKit.class)
        .flatMap(kit -> Arrays.stream(kit.getDeclaredClasses()))
        .flatMap(group -> Arrays.stream(group.getSuperclass().getDeclaredMethods()))
        .filter(method -> method.isAnnotationPresent(Test.class))
        .map(TestedRules::number)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static String number(Method method) {
    assertThat(method.isAnnotationPresent(Rule.class)).as("%s names its rule", method).isTrue();
    return method.getAnnotation(Rule.class).value();
  }
}
