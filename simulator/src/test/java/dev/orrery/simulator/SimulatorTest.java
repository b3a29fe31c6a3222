package dev.orrery.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.orrery.simulator.call.Call;
import dev.orrery.simulator.call.CallState;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.netty.ChannelBindException;

/** The server as a whole: its port, its end, and how much it carries. */
class SimulatorTest {

    private static final int MANY = 1_000;

    @Test
    void listensOnLoopbackOnThePortItNames() throws Exception {
        try (Simulator simulator = Simulator.start(0)) {
            // when
            HttpResponse<String> answer = get(simulator.url() + "/");

            // then
            assertThat(simulator.url()).isEqualTo("http://127.0.0.1:" + simulator.port());
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.body()).contains("/openai/v1", "/astrology/v1");
            assertThat(get(simulator.url() + "/elsewhere").statusCode()).isEqualTo(404);
        }
    }

    @Test
    void namesTheBaseUrlOfEveryService() {
        try (Simulator simulator = Simulator.start(0)) {
            assertThat(Simulator.codes())
                    .contains("openai", "bedrock")
                    .allSatisfy(code -> {
                        assertThat(simulator.url(code)).startsWith(simulator.url() + "/");
                        assertThat(simulator.service(code).calls().count()).isZero();
                    });
            assertThat(simulator.url("ai-sdk")).endsWith("/ai-sdk/api/chat");
            assertThatThrownBy(() -> simulator.url("nobody"))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("openai");
        }
    }

    @Test
    void refusesAPortThatIsTaken() {
        try (Simulator first = Simulator.start(0)) {
            // when
            assertThatThrownBy(() -> Simulator.start(first.port()))

                    // then
                    .isInstanceOf(ChannelBindException.class);
        }
    }

    @Test
    void cutsWhatIsOpenWhenItCloses() throws IOException {
        // given
        Simulator simulator = Simulator.start(0);
        try (RawCall hanging = Completions.begin(simulator, Completions.body("sim/hang", true));
                RawCall streaming =
                        Completions.begin(simulator, Completions.body("sim/100-tokens-1s", true))) {
            streaming.readHead();
            await().until(() -> simulator.calls().size() == 2);

            // when
            simulator.close();

            // then
            assertThat(hanging.readAll().end()).isNotEqualTo(RawCall.End.COMPLETE);
            assertThat(simulator.calls()).extracting(Call::state).containsOnly(CallState.CUT);
        }
    }

    @Test
    void mayBeClosedTwiceAndFreesItsPort() {
        // given
        Simulator simulator = Simulator.start(0);
        int port = simulator.port();
        simulator.close();

        // when
        simulator.close();

        // then
        Simulator.start(port).close();
    }

    @Test
    void tellsWhoLeftFromWhoWasServed() throws IOException {
        try (Simulator simulator = Simulator.start(0)) {
            // given
            RawCall leaving =
                    Completions.begin(simulator, Completions.body("sim/500-tokens-5ms", true));
            leaving.readHead();
            leaving.readChunk();

            // when
            leaving.close();

            // then
            await().until(() -> state(simulator, "sim/500-tokens-5ms") == CallState.CANCELLED);
            Completions.stream(simulator, "sim/5-tokens");
            assertThat(state(simulator, "sim/5-tokens")).isEqualTo(CallState.ANSWERED);
        }
    }

    @Test
    void refusesABodyThatIsTooLarge() throws Exception {
        try (Simulator simulator = Simulator.start(0);
                HttpClient http = client()) {
            // given
            HttpRequest request =
                    HttpRequest.newBuilder(URI.create(simulator.url() + Completions.PATH))
                            .POST(HttpRequest.BodyPublishers.ofByteArray(new byte[9 << 20]))
                            .build();

            // when
            int status = http.send(request, BodyHandlers.discarding()).statusCode();

            // then
            assertThat(status).isEqualTo(413);
        }
    }

    @Test
    @Timeout(60)
    void carriesManySlowStreamsOnTwoThreads() {
        try (Simulator simulator = Simulator.start(0);
                HttpClient http = client()) {
            // given
            HttpRequest request = completion(simulator, "sim/4-tokens-200ms");

            // when
            List<CompletableFuture<HttpResponse<String>>> answers =
                    IntStream.range(0, MANY)
                            .mapToObj(each -> http.sendAsync(request, BodyHandlers.ofString()))
                            .toList();

            // then
            assertThat(answers)
                    .allSatisfy(answer -> assertThat(answer.join().body()).endsWith("[DONE]\n\n"));
            assertThat(simulator.openai().calls().count()).isEqualTo(MANY);
            assertThat(Thread.getAllStackTraces().keySet())
                    .filteredOn(thread -> thread.getName().startsWith("simulator"))
                    .hasSizeLessThanOrEqualTo(2);
        }
    }

    private static HttpRequest completion(Simulator simulator, String model) {
        String body = Completions.body(model, true).toString();
        return HttpRequest.newBuilder(URI.create(simulator.url() + Completions.PATH))
                .header("Authorization", "Bearer simulated")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
    }

    private static HttpResponse<String> get(String url) throws Exception {
        try (HttpClient http = client()) {
            return http.send(
                    HttpRequest.newBuilder(URI.create(url)).build(), BodyHandlers.ofString());
        }
    }

    private static HttpClient client() {
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(Duration.ofSeconds(20))
                .build();
    }

    private static CallState state(Simulator simulator, String model) {
        return simulator.openai().calls().of(model).getLast().state();
    }
}
