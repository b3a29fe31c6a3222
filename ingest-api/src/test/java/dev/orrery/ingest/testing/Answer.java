package dev.orrery.ingest.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.ingest.problems.ProblemCode;
import dev.orrery.pipeline.http.CommonProblem;
import dev.orrery.pipeline.http.ProblemType;
import java.util.Arrays;
import java.util.stream.Stream;
import org.springframework.http.HttpHeaders;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the door answered. */
public record Answer(int status, HttpHeaders headers, String body) {

    public JsonNode json() {
        return JsonMapper.shared().readTree(body.isEmpty() ? "null" : body);
    }

    public String text(String field) {
        return json().path(field).asString("");
    }

    /** Every way in which the door says no. */
    public static Stream<ProblemType> problems() {
        return Stream.concat(
                Arrays.stream(CommonProblem.values()), Arrays.stream(ProblemCode.values()));
    }

    /** As {@link #assertProblem(ProblemType)}, for a table. */
    public void assertProblem(String name) {
        assertProblem(
                problems().filter(each -> each.name().equals(name)).findFirst().orElseThrow());
    }

    /** Asserts that this is the problem document of that code, and that it tells nothing else. */
    public void assertProblem(ProblemType code) {
        assertThat(status).as(body).isEqualTo(code.status().value());
        assertThat(headers.getFirst(HttpHeaders.CONTENT_TYPE))
                .isEqualTo("application/problem+json");
        assertThat(text("code")).isEqualTo(code.code());
        assertThat(text("type")).isEqualTo("urn:orrery:problem:" + code.code());
        assertThat(json().path("status").asInt()).isEqualTo(status);
        assertThat(text("title")).isEqualTo(code.title());
        assertThat(text("detail")).isNotBlank();
        assertThat(text("request_id")).isNotBlank().isEqualTo(headers.getFirst("X-Request-Id"));
        assertThat(body).doesNotContainPattern("Exception|dev\\.orrery|java\\.|select |jackson");
    }
}
