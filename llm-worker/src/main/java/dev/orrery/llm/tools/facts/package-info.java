/** Facts about users and the world, asked of the enrichment worker. */
@NullMarked
package dev.orrery.llm.tools.facts;

import org.jspecify.annotations.NullMarked;
