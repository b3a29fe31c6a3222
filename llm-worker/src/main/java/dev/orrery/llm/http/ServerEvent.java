package dev.orrery.llm.http;

/**
 * One event of an event stream.
 *
 * @param name {@code message} when the stream did not name it
 * @param data the lines of its data, joined by line feeds
 */
public record ServerEvent(String name, String data) {}
