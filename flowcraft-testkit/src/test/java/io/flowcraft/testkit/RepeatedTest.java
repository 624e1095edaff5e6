package io.flowcraft.testkit;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;

import java.util.ArrayList;
import java.util.List;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/**
 * How the repetitions of a test went.
 *
 * @param names what they are called
 * @param failures with what words some of them failed
 * @param aborted with what words some of them were aborted
 */
record RepeatedTest(List<String> names, List<String> failures, List<String> aborted) {

  /** Runs a test method that takes a tester. */
  static RepeatedTest of(Class<?> test, String method) {
    LauncherDiscoveryRequest request =
        LauncherDiscoveryRequestBuilder.request()
            .selectors(selectMethod(test, method, FlowTester.class))
            .build();
    Recorder recorder = new Recorder();
    LauncherFactory.create().execute(request, recorder);
    return new RepeatedTest(recorder.names, recorder.failures, recorder.aborted);
  }

  String onlyFailure() {
    org.assertj.core.api.Assertions.assertThat(failures).hasSize(1);
    return failures.get(0);
  }

  private static final class Recorder implements TestExecutionListener {

    private final List<String> names = new ArrayList<>();
    private final List<String> failures = new ArrayList<>();
    private final List<String> aborted = new ArrayList<>();

    @Override
    public void executionFinished(TestIdentifier test, TestExecutionResult result) {
      if (test.isTest()) {
        names.add(test.getDisplayName());
      }
      String message = result.getThrowable().map(e -> String.valueOf(e.getMessage())).orElse("");
      switch (result.getStatus()) {
        case FAILED -> failures.add(message);
        case ABORTED -> aborted.add(message);
        default -> {}
      }
    }
  }
}
