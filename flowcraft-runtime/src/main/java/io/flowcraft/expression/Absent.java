package io.flowcraft.expression;

/** Values that are none. They live inside an evaluation and never leave it. */
enum Absent {
  /** A member or an element that is not there. */
  UNDEFINED,
  /** A name that nobody knows, or a member of nothing: the whole expression has no value. */
  FAILED
}
