/** How bots answer: configurations, their revisions, and which of them is in force. */
@NullMarked
package dev.orrery.ingest.admin.configs;

import org.jspecify.annotations.NullMarked;
