/**
 * What stands around a handler, one decorator a file: observed, expired, retried, dead-lettered.
 */
@NullMarked
package dev.orrery.pipeline.policy;

import org.jspecify.annotations.NullMarked;
