package dev.orrery.pipeline.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.MediaType;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import reactor.core.scheduler.Schedulers;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class FieldsTest {

    private final JsonBodies bodies =
            new JsonBodies(1_024, 16, CommonProblem.NOT_FOUND, Schedulers.parallel());

    private Fields fields(String json) {
        return bodies.parse(json.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void tellWhatIsMentionedFromWhatIsThere() {
        // when
        var fields = fields("{\"a\": null, \"b\": 1}");

        // then
        assertThat(fields.names()).containsExactly("a", "b");
        assertThat(fields.mentions("a")).isTrue();
        assertThat(fields.has("a")).isFalse();
        assertThat(fields.mentions("c")).isFalse();
    }

    @Test
    void replaceWhatTheyMentionAndTakeAwayWhatIsNull() {
        // given
        var was =
                (ObjectNode)
                        JsonMapper.shared()
                                .readTree("{\"kept\": 1, \"gone\": 2, \"new\": {\"x\": 3}}");

        // when
        var merged = fields("{\"gone\": null, \"new\": [4]}").mergedInto(was);

        // then
        assertThat(merged.toString()).isEqualTo("{\"kept\":1,\"new\":[4]}");
        assertThat(was.has("gone")).isTrue();
    }

    @Test
    void readTextsOfAnArray() {
        assertThat(fields("{\"a\": [\"x\", \"y\"]}").texts("a", 2, 1)).containsExactly("x", "y");
        assertThat(fields("{}").texts("a", 2, 1)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"a\": \"x\"}",
                "{\"a\": [1]}",
                "{\"a\": [null]}",
                "{\"a\": [\"x\", \"x\"]}",
                "{\"a\": [\"x\", \"y\", \"z\"]}",
                "{\"a\": [\"xy\"]}"
            })
    void refuseTextsThatAreNone(String json) {
        assertThatThrownBy(() -> fields(json).texts("a", 2, 1))
                .isInstanceOf(Problem.class)
                .hasMessageStartingWith("a")
                .hasMessageContaining("(expected: ");
    }

    @Test
    void takeAnythingThatCanBeStoredAndIsSmallEnough() {
        assertThat(String.valueOf(fields("{\"a\": {\"é\": [1, null]}}").optionalJson("a", 15)))
                .isEqualTo("{\"é\":[1,null]}");
        assertThat(fields("{\"a\": null}").optionalJson("a", 1)).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"a\": {\"é\": [1, null]}}",
                "{\"a\": \"\\u0000\"}",
                "{\"a\": [[\"\\ud800\"]]}",
                "{\"a\": {\"\\u0000\": 1}}"
            })
    void refuseWhatIsTooLargeOrCannotBeStored(String json) {
        assertThatThrownBy(() -> fields(json).optionalJson("a", 14)).isInstanceOf(Problem.class);
    }

    @Test
    void mayBeLeftOutWhereThatIsAllowed() {
        // given
        var nothing = MockServerHttpRequest.post("/").build();
        var something =
                MockServerHttpRequest.post("/").contentType(MediaType.APPLICATION_JSON).body("{}");
        var untyped = MockServerHttpRequest.post("/").body("{}");

        // when
        var absent = bodies.readIfAny(nothing).block(Duration.ofSeconds(20));
        var present = bodies.readIfAny(something).block(Duration.ofSeconds(20));

        // then
        assertThat(absent).isEmpty();
        assertThat(present).isPresent();
        assertThatThrownBy(() -> bodies.readIfAny(untyped).block(Duration.ofSeconds(20)))
                .isInstanceOfSatisfying(
                        Problem.class,
                        refused ->
                                assertThat(refused.type())
                                        .isEqualTo(CommonProblem.UNSUPPORTED_MEDIA_TYPE));
    }
}
