package dev.orrery.ingest.admin.experiments;

import dev.orrery.ingest.documents.PathId;
import dev.orrery.pipeline.http.Fields;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** An experiment as somebody wishes it. */
record Plan(String name, Goal goal, List<WantedArm> arms) {

    static final int BUCKETS = 10_000;

    private static final int MOST_ARMS = 20;
    private static final String NAME = "[a-z0-9]+([.-][a-z0-9]+)*";

    /**
     * One arm.
     *
     * @param place of the arm in the document, for answers
     * @param revision null when a configuration is named, whose newest revision is meant
     * @param config null when a revision is named
     * @param weight its share of the users, among all weights
     */
    record WantedArm(
            Fields place,
            String name,
            @Nullable UUID revision,
            @Nullable UUID config,
            int weight) {}

    /**
     * The users of an arm: those in these buckets, both ends included.
     *
     * @param first 0 to 9,999
     * @param last not before the first
     */
    record Share(int first, int last) {}

    static Plan of(Fields document) {
        document.allowing("name", "goal", "arms");
        var arms = document.objects("arms", MOST_ARMS, Plan::arm);
        if (arms.size() < 2) {
            throw document.invalid(
                    "arms", "not enough (expected: a list of 2 to " + MOST_ARMS + ")");
        }
        var goal = document.optionalChoice("goal", Goal.names());
        return new Plan(name(document), goal == null ? Goal.THUMBS : Goal.of(goal), distinct(arms));
    }

    private static String name(Fields document) {
        var name = document.text("name", 64);
        if (!name.matches(NAME)) {
            throw document.invalid(
                    "name", "not a name (expected: a-z and 0-9, in words joined by . or -)");
        }
        return name;
    }

    private static WantedArm arm(Fields arm) {
        arm.allowing("name", "config", "revision", "weight");
        if (arm.has("config") == arm.has("revision")) {
            throw arm.invalid("revision", "one of the two (expected: either config or revision)");
        }
        return new WantedArm(
                arm,
                name(arm),
                arm.has("revision") ? id(arm, "revision") : null,
                arm.has("config") ? id(arm, "config") : null,
                (int) arm.wholeNumber("weight", 1, BUCKETS, 1));
    }

    private static UUID id(Fields arm, String field) {
        if (!PathId.isOne(arm.text(field, 36))) {
            throw arm.invalid(field, "not an id (expected: a UUID)");
        }
        return PathId.of(arm.text(field, 36));
    }

    private static List<WantedArm> distinct(List<WantedArm> arms) {
        var names = new HashSet<String>();
        for (var arm : arms) {
            if (!names.add(arm.name())) {
                throw arm.place().invalid("name", "there already (expected: each once)");
            }
        }
        return arms;
    }

    /** Cuts the buckets by the weights, without a rest; no arm is without a bucket. */
    List<Share> shares() {
        long total = arms.stream().mapToLong(WantedArm::weight).sum();
        var shares = new ArrayList<Share>(arms.size());
        long weighed = 0;
        int first = 0;
        for (var arm : arms) {
            weighed += arm.weight();
            int end = (int) Math.round((double) BUCKETS * weighed / total);
            if (end <= first) {
                throw arm.place()
                        .invalid(
                                "weight",
                                "too small beside the others (expected: 1/10000 of them, or more)");
            }
            shares.add(new Share(first, end - 1));
            first = end;
        }
        return shares;
    }
}
