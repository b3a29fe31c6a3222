/** JSON over HTTP, from services that are not trusted. */
@NullMarked
package dev.orrery.enrichment.http;

import org.jspecify.annotations.NullMarked;
