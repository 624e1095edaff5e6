package io.flowcraft.runtime.internal.engine;

import io.flowcraft.error.ErrorCode;
import io.flowcraft.run.RunError;
import io.flowcraft.spi.Outcome;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an outcome holds besides output and routing, as data: the error of a failure, the reason of
 * a skip, the state of a parked node, the nodes that were added.
 */
final class Detail {

  static final String ERROR = "error";
  static final String ERRORS = "errors";
  static final String DEAD = "dead";
  static final String TOLERATED = "tolerated";
  static final String REASON = "reason";
  static final String CHILD = "child";
  static final String ATTEMPT = "attempt";
  static final String EPOCH = "epoch";
  static final String NODES = "nodes";
  static final String BATCH = "batch";
  static final String GATHER = "gather";

  private Detail() {}

  static Map<String, @Nullable Object> of(Outcome outcome) {
    if (outcome.detail() != null && outcome.detail().value() instanceof Map<?, ?> map) {
      Map<String, @Nullable Object> members = new LinkedHashMap<>();
      map.forEach((key, value) -> members.put(String.valueOf(key), value));
      return members;
    }
    return Map.of();
  }

  static Map<String, @Nullable Object> error(RunError error) {
    Map<String, @Nullable Object> data = new LinkedHashMap<>();
    data.put("code", error.code().name());
    data.put("nodeId", error.nodeId());
    data.put("message", error.message());
    data.put("causes", error.causes());
    data.put("type", error.type());
    data.put("fatal", error.fatal());
    return data;
  }

  static @Nullable RunError readError(@Nullable Object data) {
    if (!(data instanceof Map<?, ?> map) || !(map.get("code") instanceof String code)) {
      return null;
    }
    List<String> causes = new ArrayList<>();
    if (map.get("causes") instanceof List<?> list) {
      list.forEach(cause -> causes.add(String.valueOf(cause)));
    }
    return new RunError(
        ErrorCode.valueOf(code),
        map.get("nodeId") instanceof String nodeId ? nodeId : null,
        String.valueOf(map.get("message")),
        causes,
        map.get("type") instanceof String type ? type : null,
        Boolean.TRUE.equals(map.get("fatal")));
  }
}
