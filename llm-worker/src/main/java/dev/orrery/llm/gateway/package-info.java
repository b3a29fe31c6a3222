/** The gateway: the fallback chain for other services, over HTTP. */
@NullMarked
package dev.orrery.llm.gateway;

import org.jspecify.annotations.NullMarked;
