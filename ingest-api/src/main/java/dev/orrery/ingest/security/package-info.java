/** Who is calling: bearer tokens, their scopes, and the caller they name. */
@NullMarked
package dev.orrery.ingest.security;

import org.jspecify.annotations.NullMarked;
