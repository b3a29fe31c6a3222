package dev.orrery.simulator.wire;

/** A call of a tool, put together from its pieces. */
public record Called(String name, String arguments) {}
