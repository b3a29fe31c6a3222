/** What a user says about themselves. */
@NullMarked
package dev.orrery.ingest.profiles;

import org.jspecify.annotations.NullMarked;
