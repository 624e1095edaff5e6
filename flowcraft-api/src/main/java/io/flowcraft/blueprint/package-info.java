<<<<<<< HEAD
/**
 * Workflow definitions as plain data: what a blueprint, its nodes and its edges say, without any
 * implementation. Everything here is immutable and safe to share between threads.
 */
=======
/** A workflow as data: the blueprint and its parts. */
>>>>>>> house
@NullMarked
package io.flowcraft.blueprint;

import org.jspecify.annotations.NullMarked;
