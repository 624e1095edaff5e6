/**
 * Workflow definitions as plain data: what a blueprint, its nodes and its edges say, without any
 * implementation. Everything here is immutable and safe to share between threads.
 */
@NullMarked
package io.flowcraft.blueprint;

import org.jspecify.annotations.NullMarked;
