/** What a service asks for. */
@NullMarked
package dev.orrery.llm.gateway.request;

import org.jspecify.annotations.NullMarked;
