package dev.orrery.prompt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.pipeline.prompt.variables.Variable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The README says what is. */
class ReadmeTest {

    @Test
    void listsEveryVariableAsItIsDefined() throws IOException {
        // given
        var rows =
                Arrays.stream(Variable.values())
                        .map(ReadmeTest::row)
                        .collect(Collectors.joining("\n"));

        // when
        var readme = Files.readString(Path.of("README.md"));

        // then
        assertThat(readme).contains(rows);
    }

    private static String row(Variable variable) {
        return "| `%s` | %s | %s | %s |"
                .formatted(
                        variable.wireName(),
                        variable.category().title(),
                        variable.trust().name().toLowerCase(Locale.ROOT),
                        variable.description());
    }
}
