package dev.orrery.llm;

import dev.orrery.pipeline.boot.OrreryApp;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;

/**
 * Reads {@code chat.prompts}, asks one model after the other until one has answered, and writes
 * {@code chat.replies} and {@code chat.outcomes}.
 */
@SpringBootApplication
public class LlmWorker {

    /** The app, ready to be run alone or beside others in one JVM. */
    public static SpringApplicationBuilder app() {
        return OrreryApp.builder(LlmWorker.class, "llm-worker");
    }

    public static void main(String[] arguments) {
        app().run(arguments);
    }
}
