package dev.orrery.llm.openai;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.llm.http.ServerEvent;
import dev.orrery.llm.model.ModelChunk;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

/** What a server says that it bills is taken to the millionth of a dollar, or not at all. */
class StatedCostTest {

    private static final JsonMapper JSON = OpenAiChatModel.JSON;

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            delimiter = '|',
            textBlock =
                    """
                    0.00014             | 140
                    0.0001401           | 141
                    1.4E-4              | 140
                    12                  | 12000000
                    0                   | 0
                    0.0000000001        | 1
                    1e-999999           | 1
                    1e999999            | -
                    100001              | -
                    -1                  | -
                    "0.5"               | -
                    {"total_cost":0.5}  | -
                    null                | -
                    """)
    void isExactAndRoundedUpOnce(String cost, @Nullable Long micros) {
        assertThat(stated("\"cost\":" + cost, true)).isEqualTo(micros);
    }

    @Test
    void isNotTheWholeWhereAnotherAccountIsBilledToo() {
        assertThat(stated("\"cost\":0.5,\"is_byok\":true", true)).isNull();
        assertThat(stated("\"cost\":0.5,\"is_byok\":false", true)).isEqualTo(500_000);
    }

    @Test
    void isTakenOnlyFromServersThatAreKnownToMeanIt() {
        assertThat(stated("\"cost\":0.5", false)).isNull();
    }

    private static @Nullable Long stated(String cost, boolean statesCost) {
        var reader = new ChunkReader(JSON, new Failures(JSON, Clock.systemUTC()), statesCost);
        var event =
                "{\"choices\":[],\"usage\":{\"prompt_tokens\":3,\"completion_tokens\":4,%s}}"
                        .formatted(cost);
        List<ModelChunk> chunks = reader.read(new ServerEvent("message", event));
        return ((ModelChunk.Usage) chunks.getFirst()).costMicros();
    }
}
