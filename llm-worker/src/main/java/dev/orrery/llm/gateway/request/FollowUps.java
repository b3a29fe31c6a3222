package dev.orrery.llm.gateway.request;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Says what is asked after a primary whose request names no fallbacks. */
@FunctionalInterface
public interface FollowUps {

    /**
     * Called on any thread; returns at once.
     *
     * @param region that the request names; null when it names none
     * @return the steps after the primary, which may repeat each other
     */
    List<Target> after(Target primary, @Nullable String region);
}
