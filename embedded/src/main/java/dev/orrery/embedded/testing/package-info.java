/**
 * The servers as tests want them: shared by a JVM, on a temporary directory, each started when
 * first asked for.
 */
@NullMarked
package dev.orrery.embedded.testing;

import org.jspecify.annotations.NullMarked;
