package io.flowcraft.runtime.internal.engine;

import io.flowcraft.run.RunOptions;
import io.flowcraft.run.RunOptions.FailurePolicy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Run options as data. */
final class StoredOptions {

  private static final String CONCURRENCY = "concurrency";
  private static final String DEADLINE = "deadlineMs";
  private static final String POLICY = "failurePolicy";
  private static final String TARGETS = "targets";
  private static final String ACYCLIC = "acyclic";
  private static final String LABELS = "labels";

  private StoredOptions() {}

  static Map<String, @Nullable Object> write(RunOptions options) {
    if (isPlain(options)) {
      return Map.of();
    }
    Map<String, @Nullable Object> data = new LinkedHashMap<>();
    data.put(CONCURRENCY, options.concurrency());
    data.put(DEADLINE, options.deadline() == null ? null : options.deadline().toMillis());
    data.put(POLICY, options.failurePolicy().name());
    data.put(TARGETS, options.targets());
    data.put(ACYCLIC, options.acyclic());
    data.put(LABELS, options.labels());
    return data;
  }

  private static boolean isPlain(RunOptions options) {
    return options.equals(RunOptions.DEFAULT) || options.equals(RunOptions.runId(id(options)));
  }

  private static String id(RunOptions options) {
    return options.runId() == null ? "" : options.runId();
  }

  static RunOptions read(@Nullable Object stored) {
    Map<String, @Nullable Object> data = data(stored);
    if (data.isEmpty()) {
      return RunOptions.DEFAULT;
    }
    Map<String, String> labels = new LinkedHashMap<>();
    data(data.get(LABELS)).forEach((key, value) -> labels.put(key, String.valueOf(value)));
    List<String> targets = new ArrayList<>();
    if (data.get(TARGETS) instanceof List<?> list) {
      list.forEach(target -> targets.add(String.valueOf(target)));
    }
    return new RunOptions(
        null,
        data.get(CONCURRENCY) instanceof Number number ? number.intValue() : 0,
        data.get(DEADLINE) instanceof Number millis ? Duration.ofMillis(millis.longValue()) : null,
        data.get(POLICY) instanceof String policy
            ? FailurePolicy.valueOf(policy)
            : FailurePolicy.FINISH_BRANCHES,
        targets,
        Boolean.TRUE.equals(data.get(ACYCLIC)),
        labels);
  }

  /** A map with texts for keys, or an empty one. */
  static Map<String, @Nullable Object> data(@Nullable Object value) {
    if (!(value instanceof Map<?, ?> map) || map.isEmpty()) {
      return Map.of();
    }
    Map<String, @Nullable Object> data = new LinkedHashMap<>();
    map.forEach((key, member) -> data.put(String.valueOf(key), member));
    return data;
  }
}
