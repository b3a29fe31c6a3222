package dev.orrery.ingest.admin.experiments;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An experiment as it is kept.
 *
 * @param bot slug of the bot
 * @param name with an arm's behind a slash, what turns and events carry
 * @param state draft, running or stopped; a stopped one does not run again
 */
record Experiment(
        UUID id,
        String bot,
        String name,
        Goal goal,
        String state,
        List<Arm> arms,
        String author,
        Instant createdOn,
        @Nullable Instant startedOn,
        @Nullable Instant stoppedOn,
        Map<String, String> links) {

    /**
     * One of the revisions.
     *
     * @param revision number within its configuration
     * @param share of the users, 0 to 1
     */
    record Arm(
            String name, UUID configId, UUID revisionId, int revision, int weight, double share) {}

    static Map<String, String> links(UUID id) {
        var self = "/admin/v1/experiments/" + id;
        return Map.of(
                "self", self,
                "start", self + "/start",
                "stop", self + "/stop",
                "results", self + "/results");
    }

    String subject() {
        return "experiment/" + bot + "/" + name;
    }

    boolean isRunning() {
        return state.equals("running");
    }

    boolean isDraft() {
        return state.equals("draft");
    }
}
