/** What is asked after a model has failed: rules as data, and the chains they lead to. */
@NullMarked
package dev.orrery.pipeline.fallback;

import org.jspecify.annotations.NullMarked;
