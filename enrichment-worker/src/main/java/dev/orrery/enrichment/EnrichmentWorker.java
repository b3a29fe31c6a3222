package dev.orrery.enrichment;

import dev.orrery.pipeline.boot.OrreryApp;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;

/**
 * Reads {@code chat.requests}, gathers what each turn wants to know, writes {@code chat.contexts}.
 */
@SpringBootApplication
public class EnrichmentWorker {

    /** The app, ready to be run alone or beside others in one JVM. */
    public static SpringApplicationBuilder app() {
        return OrreryApp.builder(EnrichmentWorker.class, "enrichment-worker");
    }

    public static void main(String[] arguments) {
        app().run(arguments);
    }
}
