package dev.orrery.simulator;

import dev.orrery.simulator.call.Calls;
import dev.orrery.simulator.wire.Client;
import dev.orrery.simulator.wire.Clients;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** Tests that are run with every provider, by a client that knows the provider's documents. */
abstract class EveryProvider {

    /** Tokens of the question: eight words, and four for the frame of the message. */
    static final int PROMPT = 12;

    static Simulator simulator;

    final Client client;

    final Conversations with;

    EveryProvider(Client client) {
        this.client = client;
        this.with = new Conversations(simulator, client);
    }

    static List<Client> clients() {
        return Clients.all();
    }

    @BeforeAll
    static void start() {
        simulator = Simulator.start(0);
    }

    @AfterAll
    static void stop() {
        simulator.close();
    }

    /** What the provider was asked. */
    final Calls calls() {
        return simulator.service(client.provider()).calls();
    }
}
