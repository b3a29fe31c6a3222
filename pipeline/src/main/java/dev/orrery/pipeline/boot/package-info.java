/** How an app gets the pipeline: settings and wiring. */
@NullMarked
package dev.orrery.pipeline.boot;

import org.jspecify.annotations.NullMarked;
