/** A client of the door: JSON over HTTP, and reply streams that resume. */
@NullMarked
package dev.orrery.tools.door;

import org.jspecify.annotations.NullMarked;
