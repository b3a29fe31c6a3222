/**
 * What every door of ours has in common: how bodies and tokens are read, and how it says no. For
 * apps with WebFlux.
 */
@NullMarked
package dev.orrery.pipeline.http;

import org.jspecify.annotations.NullMarked;
