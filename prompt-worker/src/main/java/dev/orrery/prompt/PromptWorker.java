package dev.orrery.prompt;

import dev.orrery.pipeline.boot.OrreryApp;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;

/** Reads {@code chat.contexts}, renders what a model will see, and writes {@code chat.prompts}. */
@SpringBootApplication
public class PromptWorker {

    /** The app, ready to be run alone or beside others in one JVM. */
    public static SpringApplicationBuilder app() {
        return OrreryApp.builder(PromptWorker.class, "prompt-worker");
    }

    public static void main(String[] arguments) {
        app().run(arguments);
    }
}
