package dev.orrery.simulator.script;

import java.time.Duration;

/**
 * What one answer looks like: its length, its pace, and what goes wrong in it. Immutable.
 *
 * @param tokens pieces of text to send, up to {@value #MAX_TOKENS}; 0 for as many as the composed
 *     reply has
 * @param beforeHeaders wait before the status line
 * @param beforeFirstToken wait between the headers and the first text
 * @param betweenTokens wait before each further piece of text
 * @param fault what goes wrong; {@link Fault.Quirk#OK} for nothing
 * @param cachedTokens of the prompt that count as read from a cache, as far as it has so many
 * @param reasoningTokens spent on thoughts, which come before the text where the provider shows
 *     them; 0 for no thoughts
 * @param toolCalls how many tools are called if the client offers any, up to {@value
 *     #MAX_TOOL_CALLS}
 */
public record Script(
        int tokens,
        Duration beforeHeaders,
        Duration beforeFirstToken,
        Duration betweenTokens,
        Fault fault,
        int cachedTokens,
        int reasoningTokens,
        int toolCalls) {

    public static final int MAX_TOKENS = 100_000;

    public static final int MAX_TOOL_CALLS = 16;

    public static final Duration MAX_DELAY = Duration.ofMinutes(10);

    /** The composed reply, at once and without a fault. */
    public static final Script OK =
            new Script(0, Duration.ZERO, Duration.ZERO, Duration.ZERO, Fault.Quirk.OK, 0, 0, 0);

    public Script {
        requireCount("tokens", tokens, MAX_TOKENS);
        requireCount("cachedTokens", cachedTokens, MAX_TOKENS);
        requireCount("reasoningTokens", reasoningTokens, MAX_TOKENS);
        requireCount("toolCalls", toolCalls, MAX_TOOL_CALLS);
        requireDelay("beforeHeaders", beforeHeaders);
        requireDelay("beforeFirstToken", beforeFirstToken);
        requireDelay("betweenTokens", betweenTokens);
    }

    /**
     * Reads what stands after {@code sim/} in a model name, e.g. {@code
     * 50-tokens-20ms+cut-after-5}.
     *
     * @throws ScriptUnreadable if it is not of that language
     */
    public static Script parse(String text) {
        return ScriptLanguage.read(text);
    }

    public Script withTokens(int count) {
        return new Script(
                count,
                beforeHeaders,
                beforeFirstToken,
                betweenTokens,
                fault,
                cachedTokens,
                reasoningTokens,
                toolCalls);
    }

    public Script headersAfter(Duration delay) {
        return new Script(
                tokens,
                delay,
                beforeFirstToken,
                betweenTokens,
                fault,
                cachedTokens,
                reasoningTokens,
                toolCalls);
    }

    public Script firstTokenAfter(Duration delay) {
        return new Script(
                tokens,
                beforeHeaders,
                delay,
                betweenTokens,
                fault,
                cachedTokens,
                reasoningTokens,
                toolCalls);
    }

    public Script tokensEvery(Duration delay) {
        return new Script(
                tokens,
                beforeHeaders,
                beforeFirstToken,
                delay,
                fault,
                cachedTokens,
                reasoningTokens,
                toolCalls);
    }

    public Script failing(Fault what) {
        return new Script(
                tokens,
                beforeHeaders,
                beforeFirstToken,
                betweenTokens,
                what,
                cachedTokens,
                reasoningTokens,
                toolCalls);
    }

    public Script withCachedTokens(int count) {
        return new Script(
                tokens,
                beforeHeaders,
                beforeFirstToken,
                betweenTokens,
                fault,
                count,
                reasoningTokens,
                toolCalls);
    }

    public Script withReasoningTokens(int count) {
        return new Script(
                tokens,
                beforeHeaders,
                beforeFirstToken,
                betweenTokens,
                fault,
                cachedTokens,
                count,
                toolCalls);
    }

    public Script callingTools(int count) {
        return new Script(
                tokens,
                beforeHeaders,
                beforeFirstToken,
                betweenTokens,
                fault,
                cachedTokens,
                reasoningTokens,
                count);
    }

    /**
     * How many pieces of text the answer has in all: as told, else as the reply has, but always one
     * more than come before the fault, so that the fault lies in the text and not behind it.
     */
    public int tokensOf(int composed) {
        int wanted = tokens == 0 ? composed : tokens;
        return switch (fault) {
            case Fault.InContent inside when inside.afterTokens() > 0 ->
                    Math.max(wanted, inside.afterTokens() + 1);
            case Fault.InContent ignored -> wanted;
            case Fault.BeforeContent ignored -> wanted;
        };
    }

    private static void requireCount(String name, int count, int most) {
        if (count < 0 || count > most) {
            throw new IllegalArgumentException(
                    name + ": " + count + " (expected: 0 to " + most + ")");
        }
    }

    private static void requireDelay(String name, Duration delay) {
        if (delay.isNegative() || delay.compareTo(MAX_DELAY) > 0) {
            throw new IllegalArgumentException(
                    name + ": " + delay + " (expected: 0 to " + MAX_DELAY + ")");
        }
    }
}
