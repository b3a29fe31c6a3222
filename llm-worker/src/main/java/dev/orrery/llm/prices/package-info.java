/** What providers bill for their models. */
@NullMarked
package dev.orrery.llm.prices;

import org.jspecify.annotations.NullMarked;
