package dev.orrery.llm.provider;

import dev.orrery.llm.model.ChatModel;
import dev.orrery.llm.model.Moderator;
import org.jspecify.annotations.Nullable;

/**
 * A provider that can be asked.
 *
 * @param moderator null where nobody judges texts
 * @param takesTools whether its models may be offered tools
 * @param defaultRegion where it is asked when a step does not say; null where it has no regions
 * @param close closes the connections
 */
record Provider(
        ChatModel model,
        @Nullable Moderator moderator,
        boolean takesTools,
        @Nullable String defaultRegion,
        Runnable close) {}
