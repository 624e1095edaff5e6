package io.flowcraft.error;

/**
 * The stable codes of the library's errors. A code never changes its meaning; messages may.
 *
 * <p>1xxx: configuration and discovery; 2xxx: blueprints; 3xxx: nodes; 4xxx: runs; 5xxx: limits;
 * 6xxx: backends.
 */
public enum ErrorCode {
  /** No provider of the asked name is on the class path. */
  PROVIDER_MISSING("FC-1201"),
  /** Several providers are on the class path and none was chosen. */
  PROVIDER_AMBIGUOUS("FC-1202"),
  /** Two providers share a name. */
  PROVIDER_DUPLICATE("FC-1203"),
  /** A configuration value is not acceptable. */
  CONFIG_INVALID("FC-1301"),
  /** A blueprint's text can't be read. */
  BLUEPRINT_MALFORMED("FC-2001"),
  /** A blueprint breaks a rule. */
  BLUEPRINT_INVALID("FC-2002"),
  /** A run or a sub-workflow names a blueprint that nobody registered. */
  BLUEPRINT_UNKNOWN("FC-2003"),
  /** A blueprint has cycles although the run forbids them. */
  BLUEPRINT_CYCLIC("FC-2004"),
  /** A node's implementation is not registered. */
  IMPLEMENTATION_MISSING("FC-3001"),
  /** A node failed with an error of its own. */
  NODE_FAILED("FC-3002"),
  /** A node took longer than its timeout. */
  NODE_TIMEOUT("FC-3003"),
  /** A built-in node's parameters are wrong. */
  NODE_PARAMS("FC-3004"),
  /** A node's output or a context value is no data. */
  VALUE_UNSERIALIZABLE("FC-3005"),
  /** A value does not convert to the asked type. */
  VALUE_TYPE("FC-3006"),
  /** A child run did not complete. */
  SUBFLOW_FAILED("FC-3007"),
  /** A node asked for a dependency that nobody registered. */
  DEPENDENCY_MISSING("FC-3008"),
  /** A middleware broke its contract. */
  MIDDLEWARE("FC-3009"),
  /** The user's node code reported a failure through the library's exception. */
  USER("FC-3010"),
  /** No run of this id. */
  RUN_UNKNOWN("FC-4001"),
  /** The run exists with another definition or input. */
  RUN_CONFLICT("FC-4002"),
  /** The run's state does not allow the operation. */
  RUN_STATE("FC-4003"),
  /** The run or the node was cancelled. */
  CANCELLED("FC-4004"),
  /** The run took longer than its deadline. */
  RUN_DEADLINE("FC-4005"),
  /** An initial context or a resume payload can't be read. */
  INPUT_MALFORMED("FC-4006"),
  /** An event of a recorded history can't be read. */
  HISTORY_MALFORMED("FC-4007"),
  /** A run can't have this id. */
  RUN_ID_INVALID("FC-4008"),
  /** The work of a run that failed or was cancelled could not be undone. */
  COMPENSATION_FAILED("FC-4009"),
  /** A text, list or map is larger than allowed. */
  PAYLOAD_TOO_LARGE("FC-5001"),
  /** Data is nested deeper than allowed. */
  PAYLOAD_TOO_DEEP("FC-5002"),
  /** A loop ran longer than allowed. */
  ITERATION_LIMIT("FC-5003"),
  /** A node would start more nodes than allowed. */
  FAN_OUT_LIMIT("FC-5004"),
  /** Sub-workflows are nested deeper than allowed. */
  DEPTH_LIMIT("FC-5005"),
  /** A backend failed. */
  BACKEND("FC-6001"),
  /** Something is closed already. */
  CLOSED("FC-6002"),
  /** A state that should be impossible: a defect of the library. */
  BUG("FC-9001");

  private final String code;

  ErrorCode(String code) {
    this.code = code;
  }

  /** The code as printed, for instance {@code FC-1201}. */
  public String code() {
    return code;
  }
}
