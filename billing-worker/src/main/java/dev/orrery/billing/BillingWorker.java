package dev.orrery.billing;

import dev.orrery.pipeline.boot.OrreryApp;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;

/** Reads {@code chat.outcomes}, books them, and writes {@code billing.entries}. */
@SpringBootApplication
public class BillingWorker {

    /** The app, ready to be run alone or beside others in one JVM. */
    public static SpringApplicationBuilder app() {
        return OrreryApp.builder(BillingWorker.class, "billing-worker");
    }

    public static void main(String[] arguments) {
        app().run(arguments);
    }
}
