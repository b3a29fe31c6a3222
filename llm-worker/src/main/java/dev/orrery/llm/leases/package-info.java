/** The runs that are alive in this process, and the leases that keep them so. */
@NullMarked
package dev.orrery.llm.leases;

import org.jspecify.annotations.NullMarked;
