package dev.orrery.pipeline.boot;

/**
 * The order of starting; stopping is the reverse. The web server comes long after all of them, and
 * leaves first.
 *
 * <pre>topics and schemas stand -> the writer writes -> rules are there -> the stages read</pre>
 */
final class Phases {

    static final int PROVISIONING = 1_000;
    static final int WRITING = 2_000;
    static final int RULES = 2_500;
    static final int STAGES = 3_000;

    private Phases() {}
}
