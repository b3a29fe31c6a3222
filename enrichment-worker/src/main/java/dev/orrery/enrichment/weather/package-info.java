/** The weather where the user is, from a service of Open-Meteo's shape. */
@NullMarked
package dev.orrery.enrichment.weather;

import org.jspecify.annotations.NullMarked;
