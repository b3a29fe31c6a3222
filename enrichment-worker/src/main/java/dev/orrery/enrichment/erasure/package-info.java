/** What has to be forgotten because somebody took their profile back. */
@NullMarked
package dev.orrery.enrichment.erasure;

import org.jspecify.annotations.NullMarked;
