/**
 * All of Orrery in one JVM: embedded servers, the simulator, the five apps, and data for a first
 * conversation.
 */
@NullMarked
package dev.orrery.standalone;

import org.jspecify.annotations.NullMarked;
