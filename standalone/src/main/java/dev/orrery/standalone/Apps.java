package dev.orrery.standalone;

import dev.orrery.billing.BillingWorker;
import dev.orrery.enrichment.EnrichmentWorker;
import dev.orrery.ingest.IngestApi;
import dev.orrery.llm.LlmWorker;
import dev.orrery.prompt.PromptWorker;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * The five apps, each in a context of its own, as they would run alone: all they are told are the
 * variables that a process of theirs would find in its environment.
 */
final class Apps implements AutoCloseable {

    private final Deque<ConfigurableApplicationContext> running = new ArrayDeque<>();

    private Apps() {}

    /**
     * Starts them from the end of the chain, so that nothing is sent to a stage that is not there;
     * the door is last.
     */
    static Apps start(PortRange ports, Map<String, String> environment, StartProgress progress)
            throws Exception {
        var apps = new Apps();
        try {
            apps.start(
                    "billing-worker", BillingWorker.app(), ports.billing(), environment, progress);
            apps.start("llm-worker", LlmWorker.app(), ports.llm(), environment, progress);
            apps.start("prompt-worker", PromptWorker.app(), ports.prompt(), environment, progress);
            apps.start(
                    "enrichment-worker",
                    EnrichmentWorker.app(),
                    ports.enrichment(),
                    environment,
                    progress);
            apps.start("ingest-api", IngestApi.app(), ports.edge(), environment, progress);
            return apps;
        } catch (Exception failure) {
            apps.close();
            throw failure;
        }
    }

    private void start(
            String name,
            SpringApplicationBuilder app,
            int port,
            Map<String, String> environment,
            StartProgress progress)
            throws Exception {
        var settings = new TreeMap<>(environment);
        settings.put("SERVER_PORT", Integer.toString(port));
        settings.put("server.port", Integer.toString(port));
        settings.put("server.address", "127.0.0.1");
        settings.put("logging.config", "classpath:standalone-logback.xml");
        settings.put(
                "spring.main.register-shutdown-hook", "false"); // this class closes them, in order
        var arguments =
                settings.entrySet().stream()
                        .map(each -> "--" + each.getKey() + "=" + each.getValue())
                        .toArray(String[]::new);
        running.push(progress.step(name, () -> app.run(arguments)));
    }

    /**
     * Stops the door first, then the stages along the chain, so that what was accepted can still
     * pass.
     */
    @Override
    public void close() {
        while (!running.isEmpty()) {
            running.pop().close();
        }
    }
}
