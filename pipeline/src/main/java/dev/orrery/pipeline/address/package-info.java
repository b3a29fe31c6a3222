/** Where secrets may be sent. */
@NullMarked
package dev.orrery.pipeline.address;

import org.jspecify.annotations.NullMarked;
