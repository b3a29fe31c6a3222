package dev.orrery.pipeline.telemetry;

/**
 * How much of prompts and answers spans tell.
 *
 * @param chars the most of one text, in UTF-16 units
 */
public record CaptureSettings(Capture capture, int chars) {}
