/** The backend that docs/spi-contract.md shows as an example. */
package io.flowcraft.examples.snippets.backend;
