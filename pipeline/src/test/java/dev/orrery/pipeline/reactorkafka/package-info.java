/** Evidence for docs/adr/0002: the record source as it would be on reactor-kafka. */
@NullMarked
package dev.orrery.pipeline.reactorkafka;

import org.jspecify.annotations.NullMarked;
