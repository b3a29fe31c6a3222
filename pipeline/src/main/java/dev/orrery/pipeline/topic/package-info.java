/** Creating topics as the catalogue says. */
@NullMarked
package dev.orrery.pipeline.topic;

import org.jspecify.annotations.NullMarked;
