package dev.orrery.simulator.wire;

/** Tokens as a client understands their statement: all input, and of it cached; all output. */
public record Spent(int input, int cached, int output) {}
