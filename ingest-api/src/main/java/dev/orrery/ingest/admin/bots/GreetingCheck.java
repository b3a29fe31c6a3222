package dev.orrery.ingest.admin.bots;

import dev.orrery.pipeline.http.Fields;
import dev.orrery.pipeline.prompt.Greeting;
import dev.orrery.pipeline.prompt.variables.CustomValues;
import tools.jackson.databind.node.ObjectNode;

/** Keeps users from being greeted with the braces of a variable that nobody knows. */
final class GreetingCheck {

    private GreetingCheck() {}

    /**
     * Looks at the whole: a greeting may be broken by taking away a value that it speaks of.
     *
     * @param metadata as it is to be
     * @param said what a request says of it
     */
    static void require(ObjectNode metadata, Fields said) {
        var greeting = metadata.path("greeting").asString("");
        var unknown = Greeting.unknownNames(greeting, CustomValues.of(metadata.get("custom")));
        if (!unknown.isEmpty()) {
            throw said.invalid(
                    "greeting",
                    "{{"
                            + Fields.shown(unknown.getFirst())
                            + "}}: not known when a session begins (expected: one of "
                            + String.join(", ", Greeting.knownNames())
                            + ", or a custom value of the bot)");
        }
    }
}
