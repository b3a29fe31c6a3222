/** The registry of providers, as configurations and rules have to know it. */
@NullMarked
package dev.orrery.ingest.admin.providers;

import org.jspecify.annotations.NullMarked;
