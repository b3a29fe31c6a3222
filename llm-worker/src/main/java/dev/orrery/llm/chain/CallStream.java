package dev.orrery.llm.chain;

import dev.orrery.llm.model.FinishReason;
import dev.orrery.llm.model.ModelChunk;
import dev.orrery.llm.model.ModelFailure;
import dev.orrery.llm.model.TokenEstimate;
import org.jspecify.annotations.Nullable;

/**
 * What one call's stream is worth: what of it is shown, whether it is late, and at its end whether
 * it was an answer. Holds for every provider, so that no adapter can pass a broken stream on as a
 * finished reply.
 *
 * <p>Chunks are taken by one thread at a time; the questions about time may be asked by another.
 */
final class CallStream {

    /** A hundred times what the largest models take. */
    private static final long MOST_TOKENS = 1_000_000_000;

    /** Calls for tools in one answer. */
    private static final int MAX_TOOL_CALLS = 128;

    /**
     * White space before the first visible character is held back: a reader sees nothing of it
     * anyway.
     */
    private final StringBuilder leading = new StringBuilder();

    private final CallClock clock;
    private final int maxChars;
    private final boolean offersTools;
    private int chars;
    private boolean hasText;
    private boolean hasCalls;
    private volatile long shownBytes;
    private volatile boolean asked;
    private volatile @Nullable FinishReason finish;
    private volatile ModelChunk.@Nullable Usage usage;
    private volatile @Nullable String requestId;

    /**
     * @param deadline of the turn
     * @param maxChars the longest answer that is taken, in UTF-16 units
     * @param offersTools whether the model may ask for tools. Where it may not, its wish for one is
     *     a sign of life, but no answer
     */
    CallStream(Limits limits, long began, long deadline, int maxChars, boolean offersTools) {
        this.clock = new CallClock(limits, began, deadline);
        this.maxChars = maxChars;
        this.offersTools = offersTools;
    }

    /** The model is asked now. */
    void ask() {
        asked = true;
    }

    /** Whether the model was asked at all. */
    boolean wasAsked() {
        return asked;
    }

    /**
     * Takes a chunk; returns what is to be shown now, or null. Fails when the chunk tells of a
     * failure.
     */
    ChainEvent.@Nullable Piece take(ModelChunk chunk, long now) {
        return switch (chunk) {
            case ModelChunk.Started started -> {
                requestId = started.requestId();
                yield null;
            }
            case ModelChunk.TextDelta delta -> takeText(delta.text(), now);
            case ModelChunk.ToolFragment fragment -> takeTool(fragment, now);
            case ModelChunk.ReasoningDelta ignored ->
                    null; // a model that thinks for ever is as late as a silent one
            case ModelChunk.Usage stated -> {
                usage = isPossible(stated) ? stated : usage;
                yield null;
            }
            case ModelChunk.Finished finished -> takeFinish(finished.reason());
        };
    }

    private ChainEvent.@Nullable Piece takeText(String text, long now) {
        if (text.isEmpty()
                || finish != null) { // nobody has promised that text after the end belongs to the
            // answer
            return null;
        }
        count(text.length());
        if (hasText) {
            return shown(text, now);
        }
        leading.append(text);
        if (text.isBlank()) {
            return null;
        }
        hasText = true;
        return shown(leading.toString(), now);
    }

    private ChainEvent.Piece shown(String text, long now) {
        var piece = new ChainEvent.Text(text);
        show(piece.bytes(), now);
        return piece;
    }

    private ChainEvent.@Nullable Piece takeTool(ModelChunk.ToolFragment fragment, long now) {
        var name = fragment.name();
        boolean empty = fragment.id() == null && name == null && fragment.arguments().isEmpty();
        if (empty || finish != null) {
            return null;
        }
        if (!offersTools) {
            clock.progress(now);
            return null;
        }
        if (fragment.index() < 0 || fragment.index() >= MAX_TOOL_CALLS) {
            throw new ModelFailure.MalformedResponse(
                    "tool call " + fragment.index() + " (expected: 0 to " + MAX_TOOL_CALLS + ")");
        }
        hasCalls = true;
        count(fragment.arguments().length() + length(name) + length(fragment.signature()));
        show(
                TokenEstimate.bytes(fragment.arguments())
                        + (name == null ? 0 : TokenEstimate.bytes(name)),
                now);
        return new ChainEvent.ToolFragment(fragment);
    }

    private static int length(@Nullable String text) {
        return text == null ? 0 : text.length();
    }

    private void count(int more) {
        chars += more;
        if (chars > maxChars) {
            throw new ModelFailure.MalformedResponse("answer above " + maxChars + " characters");
        }
    }

    private void show(long bytes, long now) {
        shownBytes = shownBytes + bytes; // one writer
        clock.show(now);
    }

    /**
     * Some servers say 0 when they do not know; taken at its word, that would be a free answer, as
     * less than nothing would be one that pays. What no model can take or say would spend a day's
     * money at once.
     */
    private static boolean isPossible(ModelChunk.Usage stated) {
        return isPossible(stated.inputTokens(), 1)
                && isPossible(stated.outputTokens(), 1)
                && isPossible(stated.cachedInputTokens(), 0)
                && isPossible(stated.reasoningTokens(), 0);
    }

    private static boolean isPossible(@Nullable Long tokens, long least) {
        return tokens == null || (tokens >= least && tokens <= MOST_TOKENS);
    }

    private ChainEvent.@Nullable Piece takeFinish(FinishReason reason) {
        switch (reason) {
            case FILTERED -> throw new ModelFailure.ContentFiltered("the answer was held back");
            case ERROR -> throw new ModelFailure.ServerError("finished with an error", null);
            case LENGTH -> finish = finish == null ? reason : finish;
            // Some say one where they mean the other: OpenAI stops beside a call that was asked
            // for by name, and a call that is no answer is none to wait for.
            case STOP, TOOL ->
                    finish =
                            finish == null
                                    ? (hasCalls ? FinishReason.TOOL : FinishReason.STOP)
                                    : finish;
        }
        return null;
    }

    /** Whether a limit has passed, which ends the call. What has finished is late for nothing. */
    boolean isLate(long now) {
        return finish == null && clock.isLate(now);
    }

    /** See {@link CallClock#nanosToNextCheck}. */
    long nanosToNextCheck(long now) {
        return clock.nanosToNextCheck(now);
    }

    /** Whether something was shown: text, or a call for a tool. */
    boolean isVisible() {
        return clock.hasShown();
    }

    boolean isFinished() {
        return finish != null;
    }

    /**
     * The stream has ended: why the model stopped. Fails when that was no answer. A finish that has
     * met its limit on the way counts: everything before it was shown.
     */
    FinishReason end() {
        var reason = finish;
        var limit = clock.late();
        if (reason == null && limit != null) {
            throw new ModelFailure.TimedOut(limit);
        }
        if (reason == null) {
            throw new ModelFailure.TruncatedStream("ended without a finish", null);
        }
        if (!clock.hasShown()) {
            throw new ModelFailure.EmptyResponse(
                    "finished without a visible text or a tool call",
                    reason == FinishReason.LENGTH);
        }
        return reason;
    }

    /** What the provider has stated last; null when it has not, or nothing that can be true. */
    ModelChunk.@Nullable Usage usage() {
        return usage;
    }

    /** The provider's own id of the call; null when it has given none. */
    @Nullable String requestId() {
        return requestId;
    }

    /** Length of what was shown, in bytes of UTF-8. */
    long shownBytes() {
        return shownBytes;
    }

    Timing timing(long now) {
        return clock.timing(now);
    }
}
