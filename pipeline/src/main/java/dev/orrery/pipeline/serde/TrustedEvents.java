package dev.orrery.pipeline.serde;

import org.apache.avro.util.ClassSecurityValidator;

/**
 * Tells Avro that the classes of our events may be made from a schema's name. Avro asks since 1.12,
 * process-wide; said here once, so that no launcher has to.
 */
public final class TrustedEvents {

    private static final String PACKAGE = "dev.orrery.events";

    private TrustedEvents() {}

    /** Idempotent; may be called on any thread, before the first record is read. */
    public static void trust() {
        Once.SAID.run();
    }

    /** The class loader runs this once, however many contexts there are in the process. */
    private static final class Once {

        static final Runnable SAID;

        static {
            ClassSecurityValidator.setGlobal(
                    ClassSecurityValidator.composite(
                            ClassSecurityValidator.getGlobal(),
                            type -> type.getPackageName().equals(PACKAGE)));
            SAID = () -> {};
        }
    }
}
