package dev.orrery.llm.prices;

/**
 * What a provider is taken to bill for a call. No user's charge is made of it.
 *
 * @param micros in millionths of a US dollar, 0 or more
 * @param estimated whether the tokens were estimated, because the provider did not state them
 */
public record Cost(long micros, boolean estimated) {

    /** Of a call that is billed nothing. */
    public static final Cost NONE = new Cost(0, false);
}
