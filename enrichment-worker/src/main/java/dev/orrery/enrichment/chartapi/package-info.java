/**
 * Computed charts over HTTP, for every client of AstrologyAPI.com: its paths, its requests, its
 * answers, its way to refuse.
 */
@NullMarked
package dev.orrery.enrichment.chartapi;

import org.jspecify.annotations.NullMarked;
