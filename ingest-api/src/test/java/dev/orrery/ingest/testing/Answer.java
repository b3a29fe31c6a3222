package dev.orrery.ingest.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.ingest.problems.ProblemCode;
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

    /** Asserts that this is the problem document of that code, and that it tells nothing else. */
    public void assertProblem(ProblemCode code) {
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
