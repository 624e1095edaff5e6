package io.flowcraft.testkit;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Hands a {@link FlowTester} to test methods, and to the methods around them: a fresh one for each
 * test, which is closed after it.
 */
public final class FlowcraftExtension implements ParameterResolver {

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
}
