package dev.orrery.simulator;

import dev.orrery.simulator.RawCall.Heard;
import dev.orrery.simulator.wire.Answered;
import dev.orrery.simulator.wire.Called;
import dev.orrery.simulator.wire.Client;
import dev.orrery.simulator.wire.Spent;
import dev.orrery.simulator.wire.Told;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** Has the client of a provider ask the simulator, and reads what comes as that client does. */
record Conversations(Simulator simulator, Client client) {

    Heard stream(String model) throws IOException {
        return ask(model, true, false);
    }

    Heard whole(String model) throws IOException {
        return ask(model, false, false);
    }

    JsonNode body(String model) throws IOException {
        return Completions.json(whole(model));
    }

    Heard ask(String model, boolean streamed, boolean withTools, String... more)
            throws IOException {
        try (RawCall call = begin(model, streamed, withTools, more)) {
            return call.readAll();
        }
    }

    RawCall begin(String model, boolean streamed, boolean withTools, String... more)
            throws IOException {
        String[] headers =
                Stream.concat(client.headers().stream(), Stream.of(more)).toArray(String[]::new);
        return RawCall.post(
                simulator,
                path(client.route(model, streamed)),
                client.request(model, streamed, withTools),
                headers);
    }

    /** A path below the provider's base. */
    String path(String route) {
        return simulator.url(client.provider()).substring(simulator.url().length()) + route;
    }

    List<Told> events(Heard heard) {
        return client.events(heard.bytes());
    }

    List<String> texts(Heard heard) {
        return events(heard).stream().map(client::text).filter(Objects::nonNull).toList();
    }

    List<String> finishes(Heard heard) {
        return events(heard).stream().map(client::finish).filter(Objects::nonNull).toList();
    }

    List<Spent> spent(Heard heard) {
        List<Told> all = events(heard);
        return all.stream()
                .map(event -> client.spent(event, all))
                .filter(Objects::nonNull)
                .toList();
    }

    List<Called> calls(Heard heard) {
        return client.calls(events(heard));
    }

    boolean isEnded(Heard heard) {
        return client.isEnded(heard.bytes());
    }

    static Answered answered(Heard heard) {
        return new Answered(heard.status(), heard.headers(), heard.text());
    }
}
