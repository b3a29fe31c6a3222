package dev.orrery.llm.gateway;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.llm.gateway.RunningGateway.Answer;
import dev.orrery.llm.hostile.Dialect;
import dev.orrery.llm.hostile.Fault;
import dev.orrery.llm.hostile.Fault.Ending;
import dev.orrery.llm.hostile.FrameFaults;
import dev.orrery.llm.hostile.HostileProviders;
import dev.orrery.llm.hostile.TransportFaults;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What a service sees of a hostile provider that stands first in its chain: of a stream, one
 * complete answer, or one honest error behind what was sent; and never a bare end. All are asked at
 * once.
 */
class HostileUpstreamOverHttpTest {

    /** The healthy one has no more of it, and all are asked at once. */
    private static final long SHORTEST_MILLIS = 1_500;

    private static final List<Fault> FAULTS =
            Stream.of(TransportFaults.of(Dialect.OPENAI, true), FrameFaults.all())
                    .flatMap(List::stream)
                    .toList();

    private static final Map<Fault, CompletableFuture<Answer>> PLAIN = new HashMap<>();
    private static final Map<Fault, CompletableFuture<Answer>> RESTARTABLE = new HashMap<>();

    private static HostileProviders providers;
    private static RunningGateway gateway;

    @BeforeAll
    static void askThemAll() throws IOException {
        providers = HostileProviders.start(FAULTS);
        gateway =
                new RunningGateway(
                        "rates.service.burst=1000",
                        "rates.service.refill=1000",
                        "limits.connect=30s", // what is late to connect is a busy machine
                        "limits.first-token=30s");
        known(HostileProviders.HEALTHY);
        for (var fault : FAULTS) {
            known(providers.code(fault));
            PLAIN.put(fault, gateway.sending(body(fault, false)));
            RESTARTABLE.put(fault, gateway.sending(body(fault, true)));
        }
    }

    private static void known(String provider) {
        gateway.model(provider, providers.models().of(provider).orElseThrow());
    }

    @AfterAll
    static void stop() throws IOException {
        gateway.close();
        providers.close();
    }

    private static String body(Fault fault, boolean restartable) {
        var patience = fault.patience();
        return """
        {"provider":"%s","model":"any","messages":[{"role":"user","content":"Will I be famous?"}],
         "fallbacks":[{"provider":"%s","model":"any"}],"stream":true,"restartable":%s,
         "timeouts":{"first_token_ms":%d,"stall_ms":%d}}\
        """
                .formatted(
                        providers.code(fault),
                        HostileProviders.HEALTHY,
                        restartable,
                        Math.max(SHORTEST_MILLIS, patience.firstToken().toMillis()),
                        Math.max(SHORTEST_MILLIS, patience.stall().toMillis()));
    }

    static Stream<Fault> all() {
        return FAULTS.stream();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("all")
    void endsInOneCompleteAnswerOrOneHonestError(Fault fault) {
        // when
        var answer = requireNonNull(PLAIN.get(fault)).join();

        // then
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        var last = answer.events().getLast();
        if (last.equals("[DONE]")) {
            assertThat(text(answer)).isEqualTo(expected(fault));
        } else {
            assertThat(answer.chunks().getLast().at("/error/code").asString(""))
                    .isEqualTo("answer_broken_off");
            assertThat(fault.ending()).isInstanceOf(Ending.Failed.class);
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("all")
    void endsInOneCompleteAnswerWhereItMayStartOver(Fault fault) {
        // when
        var answer = requireNonNull(RESTARTABLE.get(fault)).join();

        // then
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(answer.events().getLast()).isEqualTo("[DONE]");
        assertThat(text(answer)).isEqualTo(expected(fault));
    }

    private static String expected(Fault fault) {
        return switch (fault.ending()) {
            case Ending.Taken taken -> taken.text();
            case Ending.Failed ignored -> HostileProviders.HEALTHY_TEXT;
        };
    }

    /** All since the last restart. */
    private static String text(Answer answer) {
        var text = new StringBuilder();
        for (var chunk : answer.chunks()) {
            if (chunk.has("restarted")) {
                text.setLength(0);
            }
            text.append(chunk.at("/choices/0/delta/content").asString(""));
        }
        return text.toString();
    }
}
