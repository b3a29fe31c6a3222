package dev.orrery.llm.tools.facts;

import dev.orrery.llm.tools.ToolSource;

/** Knows charts, weather and rates. Whoever opened it closes it. */
public interface Facts extends ToolSource, AutoCloseable {

    @Override
    void close();
}
