/** The rules of the house as tests. Every rule is also shown a fixture that breaks it. */
@NullMarked
package io.flowcraft.architecture;

import org.jspecify.annotations.NullMarked;
