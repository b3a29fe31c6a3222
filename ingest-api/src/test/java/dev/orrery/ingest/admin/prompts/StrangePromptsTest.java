package dev.orrery.ingest.admin.prompts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.ingest.problems.ProblemCode;
import dev.orrery.ingest.testing.RunningDoor;
import dev.orrery.ingest.testing.SharedDoor;
import dev.orrery.ingest.testing.User;
import dev.orrery.pipeline.http.CommonProblem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What no editor sends is answered like any other slip. */
@ExtendWith(SharedDoor.class)
class StrangePromptsTest {

    private final User author;

    StrangePromptsTest(RunningDoor door) {
        this.author = door.stranger();
    }

    @ParameterizedTest
    @ValueSource(strings = {"%00", "moody%00", "%0A", "Moody", "a/b"})
    void areNotToldWhatNoBotAdds(String bot) {
        author.get("/admin/v1/prompts/variables?bot=" + bot).assertProblem(CommonProblem.NOT_FOUND);
    }

    @Test
    void areRefusedWhenTheyAreTooLongOnlyOnceTheyAreWrittenOut() {
        // given
        int depth = 10; // of 16
        var rows = "{\"b\":1},".repeat(7_000) + "1";

        // when
        var answer =
                author.post(
                        "/admin/v1/prompts/lint",
                        "{\"prompt\":"
                                + "{\"a\":".repeat(depth)
                                + "["
                                + rows
                                + "]"
                                + "}".repeat(depth)
                                + "}");

        // then
        answer.assertProblem(ProblemCode.INVALID_REQUEST);
        assertThat(answer.text("detail"))
                .startsWith("prompt: ")
                .endsWith("bytes of UTF-8, written out (expected: at most 196608)");
    }
}
