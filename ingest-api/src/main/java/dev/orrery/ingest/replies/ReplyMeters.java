package dev.orrery.ingest.replies;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.springframework.stereotype.Component;

/** How much is streamed, for operators. */
@Component
final class ReplyMeters implements MeterBinder {

    private final ReplyStreams streams;
    private final ReplyTails tails;

    ReplyMeters(ReplyStreams streams, ReplyTails tails) {
        this.streams = streams;
        this.tails = tails;
    }

    @Override
    public void bindTo(MeterRegistry meters) {
        Gauge.builder("orrery.door.streams", streams, ReplyStreams::openStreams)
                .description("replies that are streamed at this moment")
                .register(meters);
        Gauge.builder("orrery.door.foreign.tails", tails, ReplyTails::foreignTails)
                .description("partitions of other instances, or of times past, that are followed")
                .register(meters);
    }
}
