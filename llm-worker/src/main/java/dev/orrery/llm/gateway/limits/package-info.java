/** How often a service and a user may ask, over all replicas. */
@NullMarked
package dev.orrery.llm.gateway.limits;

import org.jspecify.annotations.NullMarked;
