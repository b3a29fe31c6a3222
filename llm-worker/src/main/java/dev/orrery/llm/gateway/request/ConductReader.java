package dev.orrery.llm.gateway.request;

import dev.orrery.llm.chain.Conduct;
import dev.orrery.pipeline.http.Fields;

/** Reads how the chain is to be run. */
final class ConductReader {

    private ConductReader() {}

    static Conduct conduct(Fields metadata) {
        return new Conduct(
                RefusalsReader.refusals(metadata),
                metadata.flag("hedge", false),
                metadata.flag("tools_required", false));
    }
}
