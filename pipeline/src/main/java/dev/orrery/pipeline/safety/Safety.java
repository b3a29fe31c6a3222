package dev.orrery.pipeline.safety;

import tools.jackson.databind.JsonNode;

/**
 * What a revision's metadata says about safety, all of it optional:
 *
 * <pre>{@code
 * {"safety": {
 *   "input":  {…},   what users write, see TextCheck
 *   "output": {…},   what models answer
 *   "crisis": {…}}}  what somebody is told who speaks of self-harm, see Crisis
 * }</pre>
 *
 * Nothing is looked at of a revision that says nothing.
 */
public record Safety(TextCheck input, TextCheck output, Crisis crisis) {

    public static final Safety OFF = new Safety(TextCheck.OFF, TextCheck.OFF, Crisis.BUILT_IN);

    /**
     * Reads it strictly.
     *
     * @param metadata of a revision; other keys are not looked at
     * @throws MalformedSafety when something is not what it should be
     */
    public static Safety of(JsonNode metadata) {
        var stated = new Stated(metadata.path("safety"), "safety");
        if (stated.isAbsent()) {
            return OFF;
        }
        if (!stated.object().isObject()) {
            throw stated.malformed("no object (expected: an object)");
        }
        stated.allowing("input", "output", "crisis");
        var input = TextCheck.of(stated.object("input"));
        var crisis = stated.object("crisis");
        if (!crisis.isAbsent() && !input.hearsCries()) {
            throw stated.malformed(
                    "crisis",
                    "never told (expected: input.rules, input.model or input.phrases.self_harm beside it)");
        }
        return new Safety(input, TextCheck.of(stated.object("output")), Crisis.of(crisis));
    }

    /** Its texts in UTF-16 units. */
    public int length() {
        return input.length() + output.length() + crisis.length();
    }

    /** Whether anything is looked at. */
    public boolean isOn() {
        return input.isOn() || output.isOn();
    }
}
