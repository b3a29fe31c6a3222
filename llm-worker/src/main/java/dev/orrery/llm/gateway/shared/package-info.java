/** What replicas share, and whether it can be reached. */
@NullMarked
package dev.orrery.llm.gateway.shared;

import org.jspecify.annotations.NullMarked;
