package io.flowcraft.testkit;

import java.lang.reflect.Method;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.TestTemplateInvocationContext;
import org.junit.jupiter.api.extension.TestTemplateInvocationContextProvider;

/**
 * Hands a {@link FlowTester} to test methods, and to the methods around them: a fresh one for each
 * test, which is closed after it. Repeats the tests that ask for it with {@link CrashEverywhere} or
 * {@link Simulate}.
 */
public final class FlowcraftExtension
    implements ParameterResolver, TestTemplateInvocationContextProvider {

  private static final Namespace NAMESPACE = Namespace.create(FlowcraftExtension.class);

  /** For JUnit. */
  public FlowcraftExtension() {}

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == FlowTester.class
        && context.getTestMethod().isPresent();
  }

  @Override
  public FlowTester resolveParameter(ParameterContext parameter, ExtensionContext context) {
    // The store closes what it holds when the test is over.
    return context
        .getStore(NAMESPACE)
        .computeIfAbsent(FlowTester.class, type -> new FlowTester(), FlowTester.class);
  }

  /** Hands this tester to the test and to the methods around it. */
  static void put(ExtensionContext context, FlowTester tester) {
    context.getStore(NAMESPACE).put(FlowTester.class, tester);
  }

  @Override
  public boolean supportsTestTemplate(ExtensionContext context) {
    return repetitions(context) != null;
  }

  @Override
  public Stream<TestTemplateInvocationContext> provideTestTemplateInvocationContexts(
      ExtensionContext context) {
    Repetitions repetitions = repetitions(context);
    return repetitions == null ? Stream.empty() : repetitions.stream().map(next -> next);
  }

  private static @Nullable Repetitions repetitions(ExtensionContext context) {
    Method method = context.getRequiredTestMethod();
    if (method.isAnnotationPresent(CrashEverywhere.class)) {
      return new CrashRepetitions();
    }
    Simulate simulate = method.getAnnotation(Simulate.class);
    return simulate == null ? null : new SeedRepetitions(simulate);
  }
}
