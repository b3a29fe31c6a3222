package dev.orrery.pipeline.trial;

import org.junit.jupiter.api.Tag;

/**
 * Evidence for docs/adr/0002, not part of the build: the same trial on a bare receiver, which does
 * not pass it.
 */
@Tag("evidence")
class BareReceiverTrialTest extends StageTrialContract {

    @Override
    String name() {
        return "bare";
    }

    @Override
    RecordSources sources() {
        return BareReceiverSource::new;
    }
}
