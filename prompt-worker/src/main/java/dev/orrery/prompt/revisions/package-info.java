/** The immutable configuration a turn was accepted with. */
@NullMarked
package dev.orrery.prompt.revisions;

import org.jspecify.annotations.NullMarked;
