package io.flowcraft.testkit;

/** Where assertions about runs begin; meant for a static import beside AssertJ's own. */
public final class FlowAssertions {

  private FlowAssertions() {}

  /** Begins an assertion about a run. */
  public static TestRunAssert assertThat(TestRun run) {
    return new TestRunAssert(run);
  }
}
