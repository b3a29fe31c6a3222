/** What operators may do. */
@NullMarked
package dev.orrery.ingest.admin;

import org.jspecify.annotations.NullMarked;
