package io.flowcraft.runtime.internal.engine;

import io.flowcraft.run.RunOptions;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A run that is about to start.
 *
 * @param runId the id
 * @param isNewId whether the id was made for this run, so that no other run can have it
 * @param blueprintId the id that its blueprint is registered under
 * @param definition what it runs
 * @param input the initial data
 * @param options how it runs
 * @param parentRunId the run that it is a child of; null for none
 * @param parentInstance the node instance of that run
 */
record NewRun(
    String runId,
    boolean isNewId,
    String blueprintId,
    Definition definition,
    Map<String, @Nullable Object> input,
    RunOptions options,
    @Nullable String parentRunId,
    @Nullable String parentInstance) {}
