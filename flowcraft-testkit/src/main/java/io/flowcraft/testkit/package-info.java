/** Tests of workflows on one thread and in virtual time. */
@NullMarked
package io.flowcraft.testkit;

import org.jspecify.annotations.NullMarked;
