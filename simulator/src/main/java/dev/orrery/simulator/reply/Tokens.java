package dev.orrery.simulator.reply;

/**
 * What an answer costs, in tokens.
 *
 * @param input all of the prompt
 * @param cached of it, read from a cache
 * @param output all that was made
 * @param reasoning of it, thoughts
 */
public record Tokens(int input, int cached, int output, int reasoning) {

    public int total() {
        return input + output;
    }
}
