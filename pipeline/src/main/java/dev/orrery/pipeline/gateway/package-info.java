/** The way to the gateway, for services that have models asked by it. */
@NullMarked
package dev.orrery.pipeline.gateway;

import org.jspecify.annotations.NullMarked;
