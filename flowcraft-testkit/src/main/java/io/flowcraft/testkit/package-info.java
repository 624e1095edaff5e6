/** What tests of workflows and of backends are built with. */
@NullMarked
package io.flowcraft.testkit;

import org.jspecify.annotations.NullMarked;
