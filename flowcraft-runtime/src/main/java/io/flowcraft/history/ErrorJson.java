package io.flowcraft.history;

import io.flowcraft.error.ErrorCode;
import io.flowcraft.run.RunError;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Failures as data; their codes as they are printed, for those never change. */
final class ErrorJson {

  private static final String CODE = "code";
  private static final String NODE_ID = "nodeId";
  private static final String MESSAGE = "message";
  private static final String CAUSES = "causes";
  private static final String TYPE = "type";
  private static final String FATAL = "fatal";

  private ErrorJson() {}

  static Map<String, @Nullable Object> write(RunError error) {
    Map<String, @Nullable Object> members = new LinkedHashMap<>();
    members.put(CODE, error.code().code());
    if (error.nodeId() != null) {
      members.put(NODE_ID, error.nodeId());
    }
    members.put(MESSAGE, error.message());
    if (!error.causes().isEmpty()) {
      members.put(CAUSES, error.causes());
    }
    if (error.type() != null) {
      members.put(TYPE, error.type());
    }
    members.put(FATAL, error.fatal());
    return members;
  }

  static RunError read(Fields from) {
    return new RunError(
        code(from),
        from.optionalText(NODE_ID),
        from.text(MESSAGE),
        from.texts(CAUSES),
        from.optionalText(TYPE),
        from.flag(FATAL));
  }

  private static ErrorCode code(Fields from) {
    String text = from.text(CODE);
    for (ErrorCode code : ErrorCode.values()) {
      if (code.code().equals(text)) {
        return code;
      }
    }
    throw from.refused(CODE, "a code of the library's errors");
  }
}
