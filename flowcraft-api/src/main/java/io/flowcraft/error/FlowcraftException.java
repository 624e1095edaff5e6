package io.flowcraft.error;

import org.jspecify.annotations.Nullable;

/**
 * What the library throws, and what node code may throw to have its message kept as it is.
 *
 * <p>{@link #detail()} is the message alone; {@link #getMessage()} has the code in front of it.
 */
public class FlowcraftException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final ErrorCode code;
  private final String detail;
  private final boolean fatal;

  /**
   * A failure.
   *
   * @param code the stable code
   * @param message what was attempted, what was found, what was expected, what to do
   * @param cause the error behind it
   * @param fatal whether retries and fallback must not be tried
   */
  public FlowcraftException(
      ErrorCode code, String message, @Nullable Throwable cause, boolean fatal) {
    super(message, cause);
    this.code = code;
    this.detail = message;
    this.fatal = fatal;
  }

  /** A failure that retries and a fallback may mend. */
  public FlowcraftException(ErrorCode code, String message) {
    this(code, message, null, false);
  }

  /** A failure with a cause that retries and a fallback may mend. */
  public FlowcraftException(ErrorCode code, String message, Throwable cause) {
    this(code, message, cause, false);
  }

  /** For node code: a failure whose message is handed on as it is. */
  public static FlowcraftException failure(String message) {
    return new FlowcraftException(ErrorCode.USER, message);
  }

  /** For node code: a failure that neither retries nor a fallback may mend. */
  public static FlowcraftException fatal(String message) {
    return new FlowcraftException(ErrorCode.USER, message, null, true);
  }

  /** The stable code. */
  public ErrorCode code() {
    return code;
  }

  /** Whether retries and fallback must not be tried. */
  public boolean isFatal() {
    return fatal;
  }

  /** What happened, without the code. */
  public String detail() {
    return detail;
  }

  /** What happened, behind the code in brackets. */
  @Override
  public String getMessage() {
    return "[" + code.code() + "] " + detail;
  }
}
