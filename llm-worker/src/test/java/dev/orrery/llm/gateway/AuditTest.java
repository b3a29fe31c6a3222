package dev.orrery.llm.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import dev.orrery.llm.model.ModelFailure;
import dev.orrery.llm.scripted.Script;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class AuditTest {

    private final Logger everything = (Logger) LoggerFactory.getLogger("dev.orrery");
    private final Lines lines = new Lines();
    private final RunningGateway gateway = new RunningGateway();

    @BeforeEach
    void listen() {
        lines.start();
        everything.addAppender(lines);
    }

    @AfterEach
    void close() {
        everything.detachAppender(lines);
        gateway.close();
    }

    @Test
    void writesOneLineForAnAnswer() {
        // given
        gateway.model("openai", Script.answer("A secret angle.").usage(31, 4));
        var body = Asks.with("\"fallbacks\":[],\"user\":\"asha\",\"request_id\":\"r-1\"");
        var request =
                gateway.request("/v1/generate/")
                        .header("app-identifier", "prod-django")
                        .POST(BodyPublishers.ofString(body))
                        .build();

        // when
        gateway.send(request);

        // then
        assertThat(entry())
                .containsEntry("request_id", "r-1")
                .containsEntry("service", "tests")
                .containsEntry("user", "asha")
                .containsEntry("app", "prod-django")
                .containsEntry("provider", "openai")
                .containsEntry("model", "gpt")
                .containsEntry("outcome", "answered")
                .containsEntry("input_tokens", "31")
                .containsEntry("output_tokens", "4")
                .containsEntry("attempts", "1")
                .containsKey("ms");
    }

    @Test
    void letsNoNamePretendToBeAnotherField() {
        // given
        gateway.model("openai", Script.answer("Hello."));
        var user = "asha\\\" outcome=\\\"forged";

        // when
        gateway.post(Asks.with("\"fallbacks\":[],\"user\":\"" + user + "\""));

        // then
        assertThat(entry()).containsEntry("user", "asha' outcome='forged");
    }

    @Test
    void knowsACallHoweverItsPathIsSpelt() {
        // given
        var request = HttpRequest.newBuilder(gateway.uri("/%761/%67enerate/")).GET().build();

        // when
        var answer = gateway.send(request);

        // then
        assertThat(answer.status()).isEqualTo(401);
        assertThat(entry()).containsEntry("outcome", "invalid_token");
    }

    @Test
    void writesOneLineForAStreamThatBreaksOff() {
        // given
        gateway.model(
                "openai",
                Script.nothing()
                        .text("A bad ")
                        .fail(new ModelFailure.TruncatedStream("cut", null)));
        gateway.model("groq", Script.answer("Never asked."));

        // when
        gateway.post(Asks.streamed(""));

        // then
        assertThat(entry())
                .containsEntry("outcome", "answer_broken_off")
                .containsEntry("attempts", "1")
                .containsEntry("stream", "true");
    }

    @Test
    void tellsTheAddressOfANamedServerAndNoOtherLineDoes() {
        // given
        gateway.endpoint(
                "http://127.0.0.1:9001/v1",
                Script.failure(new ModelFailure.ServerError("status 500", null)));
        gateway.endpoint("http://127.0.0.1:9002/v1", Script.answer("Hello."));

        // when
        gateway.post(
                Asks.with(
                        """
                        "metadata":{"api_endpoint":"http://127.0.0.1:9001/v1"},
                        "fallbacks":[{"provider":"openai","model":"b","api_endpoint":"http://127.0.0.1:9002/v1"}]\
                        """));

        // then
        assertThat(entry())
                .containsEntry("provider", "openai")
                .containsEntry("model", "b")
                .containsEntry("endpoint", "http://127.0.0.1:9002/v1");
        assertThat(lines.toString()).contains("openai@named").doesNotContain("9001");
    }

    @Test
    void writesOneLineForACallerItDoesNotKnow() {
        // given
        var request =
                HttpRequest.newBuilder(gateway.uri("/v1/generate/"))
                        .header("app-identifier", "x".repeat(65))
                        .POST(BodyPublishers.ofString(Asks.SIMPLE))
                        .build();

        // when
        gateway.send(request);

        // then
        assertThat(entry())
                .containsEntry("outcome", "invalid_token")
                .containsEntry("app", "unreadable")
                .containsEntry("service", "null");
    }

    @Test
    void tellsNoTextAndNoSecretToAnyLog() {
        // given
        gateway.model(
                "openai",
                Script.nothing()
                        .text("A private answer")
                        .fail(new ModelFailure.ServerError("status 500", null)));
        var token = Tokens.of("tests");
        var request =
                HttpRequest.newBuilder(gateway.uri("/v1/generate/"))
                        .header("Authorization", "jwt " + token)
                        .header("Content-Type", "application/json")
                        .header("app-identifier", "a b")
                        .POST(BodyPublishers.ofString(Asks.WITH_FALLBACK))
                        .build();

        // when
        gateway.send(request);

        // then
        entry();
        assertThat(lines.toString())
                .doesNotContain("sextile")
                .doesNotContain("Be brief")
                .doesNotContain("private answer")
                .doesNotContain(token)
                .doesNotContain(Tokens.KEY);
    }

    /** Of the only line that there is. */
    private Map<String, String> entry() {
        await().until(() -> !lines.audited().isEmpty());
        assertThat(lines.audited()).hasSize(1);
        return lines.audited().getFirst().getKeyValuePairs().stream()
                .collect(Collectors.toMap(pair -> pair.key, pair -> String.valueOf(pair.value)));
    }

    /** What was logged, as a file would have it. */
    private static final class Lines extends AppenderBase<ILoggingEvent> {

        private final List<ILoggingEvent> events = new CopyOnWriteArrayList<>();

        @Override
        protected void append(ILoggingEvent event) {
            events.add(event);
        }

        List<ILoggingEvent> audited() {
            return events.stream()
                    .filter(event -> event.getLoggerName().equals("dev.orrery.audit.gateway"))
                    .toList();
        }

        @Override
        public String toString() {
            return events.stream()
                    .map(event -> event.getFormattedMessage() + " " + event.getKeyValuePairs())
                    .collect(Collectors.joining("\n"));
        }
    }
}
