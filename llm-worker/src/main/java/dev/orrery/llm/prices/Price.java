package dev.orrery.llm.prices;

import dev.orrery.llm.model.ModelChunk;
import java.math.BigDecimal;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/**
 * What a provider takes for a model, in millionths of a US dollar for a million tokens: all 0 or
 * more.
 *
 * @param input for a token of the prompt
 * @param output for a token of the answer
 * @param cachedInput for a token of the prompt that was read from the provider's cache
 * @param reasoning for a token that was spent on thinking
 */
public record Price(long input, long output, long cachedInput, long reasoning) {

    private static final int MILLION_IS_TEN_TO_THE = 6;

    /** For nothing. */
    public static final Price FREE = new Price(0, 0, 0, 0);

    /**
     * The cost of a call: computed exactly and rounded up once, to the next millionth of a dollar.
     *
     * @param estimated whether the usage is
     */
    public Cost of(ModelChunk.Usage usage, boolean estimated) {
        long cached = part(usage.cachedInputTokens(), usage.inputTokens());
        long reasoned = part(usage.reasoningTokens(), usage.outputTokens());
        var exact =
                times(usage.inputTokens() - cached, input)
                        .add(times(cached, cachedInput))
                        .add(times(usage.outputTokens() - reasoned, output))
                        .add(times(reasoned, reasoning))
                        .movePointLeft(MILLION_IS_TEN_TO_THE)
                        .setScale(0, RoundingMode.CEILING);
        return new Cost(exact.min(BigDecimal.valueOf(Long.MAX_VALUE)).longValue(), estimated);
    }

    /** A part is never more than the whole, whatever the provider says. */
    private static long part(@Nullable Long stated, long whole) {
        return stated == null ? 0 : Math.clamp(stated, 0, whole);
    }

    private static BigDecimal times(long tokens, long price) {
        return BigDecimal.valueOf(tokens).multiply(BigDecimal.valueOf(price));
    }

    boolean isFree() {
        return equals(FREE);
    }
}
