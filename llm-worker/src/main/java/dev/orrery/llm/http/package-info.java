/**
 * What adapters over HTTP have in common: the client, the event stream, the wish to be left alone,
 * and where calls may lead.
 */
@NullMarked
package dev.orrery.llm.http;

import org.jspecify.annotations.NullMarked;
