package dev.orrery.llm.gateway.request;

import dev.orrery.llm.chain.CallTrace;
import dev.orrery.pipeline.http.Fields;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where a conversation may go.
 *
 * @param names the only regions; empty for anywhere
 */
record AllowedRegions(Set<String> names) {

    private static final int MOST = 64;
    private static final int MAX_NAME = 256;

    static AllowedRegions of(Fields metadata) {
        return new AllowedRegions(Set.copyOf(metadata.texts("allowed_regions", MOST, MAX_NAME)));
    }

    /** Why a target is not to be asked, or null. One that names no region may be anywhere. */
    @Nullable String bar(Target target) {
        boolean inside = target.region() != null && names.contains(target.region());
        return names.isEmpty() || inside ? null : CallTrace.REGION_NOT_ALLOWED;
    }
}
