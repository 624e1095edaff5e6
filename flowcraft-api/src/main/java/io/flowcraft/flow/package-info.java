/** Workflows as users write them: a blueprint together with the code behind its nodes. */
@NullMarked
package io.flowcraft.flow;

import org.jspecify.annotations.NullMarked;
