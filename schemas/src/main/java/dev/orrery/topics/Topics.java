package dev.orrery.topics;

import dev.orrery.events.CancelRequested;
import dev.orrery.events.ChatOutcome;
import dev.orrery.events.ChatRequested;
import dev.orrery.events.ContextAssembled;
import dev.orrery.events.EntryPosted;
import dev.orrery.events.PromptRendered;
import dev.orrery.events.ReplyEvent;
import dev.orrery.events.WorkerTuning;
import java.time.Duration;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;

/**
 * Every topic of Orrery. Provisioning, the operator tool, the AsyncAPI test and the documents read
 * this list; a topic that is not here does not exist.
 */
public final class Topics {

    /**
     * Enough for the largest number of replicas of one worker that we expect; the main path shares
     * it.
     */
    private static final int MAIN_PATH_PARTITIONS = 12;

    public static final Topic<ChatRequested> CHAT_REQUESTS =
            kept("chat.requests", KeyMeaning.SESSION, ChatRequested.class, Duration.ofDays(30));

    public static final Topic<ContextAssembled> CHAT_CONTEXTS =
            kept("chat.contexts", KeyMeaning.SESSION, ContextAssembled.class, Duration.ofDays(7));

    public static final Topic<PromptRendered> CHAT_PROMPTS =
            kept("chat.prompts", KeyMeaning.SESSION, PromptRendered.class, Duration.ofDays(30));

    public static final Topic<ReplyEvent> CHAT_REPLIES =
            kept("chat.replies", KeyMeaning.MESSAGE, ReplyEvent.class, Duration.ofHours(24));

    public static final Topic<CancelRequested> CHAT_CANCELLATIONS =
            new Topic<>(
                    "chat.cancellations",
                    KeyMeaning.MESSAGE,
                    CancelRequested.class,
                    1,
                    Duration.ofHours(1),
                    false);

    public static final Topic<ChatOutcome> CHAT_OUTCOMES =
            kept("chat.outcomes", KeyMeaning.WALLET, ChatOutcome.class, Duration.ofDays(90));

    public static final Topic<EntryPosted> BILLING_ENTRIES =
            new Topic<>(
                    "billing.entries",
                    KeyMeaning.WALLET,
                    EntryPosted.class,
                    MAIN_PATH_PARTITIONS,
                    null,
                    false);

    public static final Topic<WorkerTuning> OPS_TUNING =
            new Topic<>("ops.tuning", KeyMeaning.WORKER, WorkerTuning.class, 1, null, true);

    public static final Topic<ChatRequested> REPLAY_REQUESTS =
            kept("replay.requests", KeyMeaning.SESSION, ChatRequested.class, Duration.ofDays(7));

    public static final Topic<ContextAssembled> REPLAY_CONTEXTS =
            kept("replay.contexts", KeyMeaning.SESSION, ContextAssembled.class, Duration.ofDays(7));

    public static final Topic<PromptRendered> REPLAY_PROMPTS =
            kept("replay.prompts", KeyMeaning.SESSION, PromptRendered.class, Duration.ofDays(7));

    public static final Topic<ChatOutcome> REPLAY_OUTCOMES =
            kept("replay.outcomes", KeyMeaning.WALLET, ChatOutcome.class, Duration.ofDays(7));

    private static final List<Topic<?>> ALL =
            List.of(
                    CHAT_REQUESTS,
                    CHAT_CONTEXTS,
                    CHAT_PROMPTS,
                    CHAT_REPLIES,
                    CHAT_CANCELLATIONS,
                    CHAT_OUTCOMES,
                    BILLING_ENTRIES,
                    OPS_TUNING,
                    REPLAY_REQUESTS,
                    REPLAY_CONTEXTS,
                    REPLAY_PROMPTS,
                    REPLAY_OUTCOMES);

    private Topics() {}

    /** All topics, in the order a message meets them. */
    public static List<Topic<?>> all() {
        return ALL;
    }

    private static <T extends SpecificRecord> Topic<T> kept(
            String name, KeyMeaning key, Class<T> type, Duration retention) {
        return new Topic<>(name, key, type, MAIN_PATH_PARTITIONS, retention, false);
    }
}
