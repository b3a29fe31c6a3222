/** What is asked after a model has failed, as operators change it. */
@NullMarked
package dev.orrery.ingest.admin.rules;

import org.jspecify.annotations.NullMarked;
