/**
 * What every embedded server needs of the machine it runs on: ports, directories, child processes,
 * clear refusals.
 */
@NullMarked
package dev.orrery.embedded.host;

import org.jspecify.annotations.NullMarked;
