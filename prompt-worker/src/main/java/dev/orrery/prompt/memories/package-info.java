/** What users want to be remembered. */
@NullMarked
package dev.orrery.prompt.memories;

import org.jspecify.annotations.NullMarked;
