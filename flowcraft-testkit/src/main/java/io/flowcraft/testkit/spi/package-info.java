/**
 * Compatibility kits: a backend that passes its kit keeps the rules of {@code
 * docs/spi-contract.md}.
 *
 * <p>To use one, extend it in a test of the backend, implement the abstract methods, and declare
 * limits by overriding the others. Each test names its rule; what a limit rules out is reported as
 * skipped, with the reason.
 */
@NullMarked
package io.flowcraft.testkit.spi;

import org.jspecify.annotations.NullMarked;
