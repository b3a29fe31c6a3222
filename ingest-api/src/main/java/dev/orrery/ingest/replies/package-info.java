/** Replies: heard from the topic, kept for late comers, streamed with positions that resume. */
@NullMarked
package dev.orrery.ingest.replies;

import org.jspecify.annotations.NullMarked;
