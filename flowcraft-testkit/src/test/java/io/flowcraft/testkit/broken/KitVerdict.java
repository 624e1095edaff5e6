package io.flowcraft.testkit.broken;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.util.ArrayList;
import java.util.List;
import org.junit.platform.engine.FilterResult;
import org.junit.platform.engine.TestDescriptor;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.PostDiscoveryFilter;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** What a kit says about a backend: how many tests ran, and with what words some of them failed. */
record KitVerdict(int tests, List<String> failures) {

  /** Runs the tests of one rule. */
  static KitVerdict of(Class<?> kit, String rule) {
    PostDiscoveryFilter onlyThisRule =
        descriptor ->
            FilterResult.includedIf(
                descriptor.getType() == TestDescriptor.Type.CONTAINER
                    || descriptor.getDisplayName().startsWith(rule + ":"));
    LauncherDiscoveryRequest request =
        LauncherDiscoveryRequestBuilder.request()
            .selectors(selectClass(kit))
            .filters(onlyThisRule)
            .build();
    Recorder recorder = new Recorder();
    LauncherFactory.create().execute(request, recorder);
    return new KitVerdict(recorder.tests, List.copyOf(recorder.failures));
  }

  private static final class Recorder implements TestExecutionListener {

    int tests;
    final List<String> failures = new ArrayList<>();

    @Override
    public void executionFinished(TestIdentifier test, TestExecutionResult result) {
      tests += test.isTest() ? 1 : 0;
      result.getThrowable().ifPresent(error -> failures.add(String.valueOf(error.getMessage())));
    }
  }
}
