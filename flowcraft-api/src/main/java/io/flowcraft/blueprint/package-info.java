/** A workflow as data: the blueprint and its parts. */
@NullMarked
package io.flowcraft.blueprint;

import org.jspecify.annotations.NullMarked;
