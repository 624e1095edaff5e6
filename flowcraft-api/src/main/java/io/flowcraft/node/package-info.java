/** What users implement: nodes, and what a node sees of its run while it executes. */
@NullMarked
package io.flowcraft.node;

import org.jspecify.annotations.NullMarked;
