package io.flowcraft.testkit;

import io.flowcraft.testkit.simulation.RehearsalPlan;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.Extension;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;
import org.junit.jupiter.api.extension.TestTemplateInvocationContext;

/** A test, played once. */
final class Repetition
    implements TestTemplateInvocationContext, BeforeEachCallback, InvocationInterceptor {

  private final String name;
  private final RehearsalPlan plan;
  private final Judge judge;
  private @Nullable RehearsedDriver driver;
  private @Nullable FlowTester tester;
  private boolean over;

  Repetition(String name, RehearsalPlan plan, Judge judge) {
    this.name = name;
    this.plan = plan;
    this.judge = judge;
  }

  /** Says what it means how a test went. */
  @FunctionalInterface
  interface Judge {

    /** Throws something if the test is to fail, or to be aborted. */
    void judge(Performance performance) throws Throwable;
  }

  /** Whether it has been played, or never will be. */
  boolean isOver() {
    return over;
  }

  @Override
  public String getDisplayName(int number) {
    return "[" + number + "] " + name;
  }

  @Override
  public List<Extension> getAdditionalExtensions() {
    return List.of(this);
  }

  @Override
  public void beforeEach(ExtensionContext context) {
    over = true;
    driver = new RehearsedDriver(plan);
    tester = new FlowTester(driver);
    FlowcraftExtension.put(context, tester);
  }

  @Override
  public void interceptTestTemplateMethod(
      Invocation<@Nullable Void> invocation,
      ReflectiveInvocationContext<Method> method,
      ExtensionContext context)
      throws Throwable {
    Throwable failure = null;
    try {
      invocation.proceed();
    } catch (Throwable e) {
      failure = e;
    }
    if (driver == null || tester == null) {
      throw failure == null ? new IllegalStateException("There is no tester.") : failure;
    }
    judge.judge(performance(driver, tester, failure));
  }

  private static Performance performance(
      RehearsedDriver driver, FlowTester tester, @Nullable Throwable failure) {
    var rehearsed = driver.end();
    Map<String, String> compared = tester.compared();
    return new Performance(rehearsed, compared, failure);
  }
}
