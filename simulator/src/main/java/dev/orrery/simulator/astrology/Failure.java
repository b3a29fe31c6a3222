package dev.orrery.simulator.astrology;

import dev.orrery.simulator.script.Fault;
import tools.jackson.databind.json.JsonMapper;

/** The service's errors. Every message holds the marker that must never reach a user. */
final class Failure {

    private static final JsonMapper JSON = JsonMapper.shared();

    private Failure() {}

    static byte[] of(String message) {
        return JSON.writeValueAsBytes(
                JSON.createObjectNode()
                        .put("status", false)
                        .put("msg", message + " [" + Fault.SECRET_MARKER + "]"));
    }
}
