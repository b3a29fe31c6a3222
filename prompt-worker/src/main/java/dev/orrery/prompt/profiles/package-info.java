/** Who asks. */
@NullMarked
package dev.orrery.prompt.profiles;

import org.jspecify.annotations.NullMarked;
