/** The HTTP server: reads a request, asks the service, plays its answer on the connection. */
@NullMarked
package dev.orrery.simulator.http;

import org.jspecify.annotations.NullMarked;
