package dev.orrery.standalone;

import dev.orrery.embedded.host.Ports;

/**
 * Where everything listens: one range of ports, counted from the edge. Moving the edge moves them
 * all, so that two installations stand beside each other.
 *
 * @param edge port of the door, 1,024 to 65,000
 */
record PortRange(int edge) {

    static final int DEFAULT_EDGE = 8080;

    PortRange {
        if (edge < 1_024 || edge > 65_000) {
            throw new IllegalArgumentException("port: " + edge + " (expected: 1024 to 65000)");
        }
    }

    /**
     * Refuses before anything is started; the embedded servers look after their own ports.
     *
     * @throws dev.orrery.embedded.host.PortTaken if somebody listens on the port of an app
     */
    void requireFree() {
        Ports.require(edge, "ingest-api");
        Ports.require(enrichment(), "enrichment-worker");
        Ports.require(prompt(), "prompt-worker");
        Ports.require(llm(), "llm-worker");
        Ports.require(billing(), "billing-worker");
        Ports.require(simulator(), "the simulator");
    }

    int enrichment() {
        return edge + 1;
    }

    int prompt() {
        return edge + 2;
    }

    int llm() {
        return edge + 3;
    }

    int billing() {
        return edge + 4;
    }

    int registry() {
        return edge + 5;
    }

    int simulator() {
        return edge + 6;
    }

    int kafka() {
        return edge + 12;
    }

    int postgres() {
        return edge + 14;
    }

    int redis() {
        return edge + 15;
    }
}
