/**
 * The rules of routing, as pure functions: which edges a finished node takes and skips, and which
 * joins that reaches. No I/O, no clock, no threads; the engine, recovery and replay all ask here.
 */
@NullMarked
package io.flowcraft.runtime.internal.kernel;

import org.jspecify.annotations.NullMarked;
