/**
 * A schema registry with Confluent's REST interface, its state in the compacted topic {@code
 * _schemas}.
 */
@NullMarked
package dev.orrery.embedded.registry;

import org.jspecify.annotations.NullMarked;
