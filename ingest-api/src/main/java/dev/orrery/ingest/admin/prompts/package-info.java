/** What prompt authors ask before a prompt is used: which variables there are, lint, preview. */
@NullMarked
package dev.orrery.ingest.admin.prompts;

import org.jspecify.annotations.NullMarked;
