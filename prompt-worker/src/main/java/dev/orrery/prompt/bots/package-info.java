/** Who answers. */
@NullMarked
package dev.orrery.prompt.bots;

import org.jspecify.annotations.NullMarked;
