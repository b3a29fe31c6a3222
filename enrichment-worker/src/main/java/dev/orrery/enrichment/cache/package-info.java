/** What is known already, nearest first, and who may ask for what is not. */
@NullMarked
package dev.orrery.enrichment.cache;

import org.jspecify.annotations.NullMarked;
