package dev.orrery.ingest;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.ingest.testing.Answer;
import dev.orrery.ingest.testing.RunningDoor;
import dev.orrery.ingest.testing.SettingsClasses;
import dev.orrery.ingest.testing.SharedDoor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.web.reactive.result.method.annotation.RequestMappingHandlerMapping;

/** The tables of the README say what the code does. */
class ReadmeTest {

    @Test
    void namesEveryProblem() {
        // when
        var rows = rows("Problems").map(row -> List.of(row[0], row[1], row[2]));

        // then
        assertThat(rows)
                .containsExactlyInAnyOrderElementsOf(
                        Answer.problems()
                                .map(code ->
                                        List.of(
                                                code.code(),
                                                Integer.toString(code.status().value()),
                                                code.title()))
                                .toList());
    }

    @Test
    void namesEverySettingWithItsDefault() {
        // when
        var settings = rows("Configuration").collect(toMap(row -> row[0], row -> row[1]));

        // then
        assertThat(settings).isEqualTo(SettingsClasses.defaults());
    }

    @Test
    @ExtendWith(SharedDoor.class)
    void namesEveryEndpoint(RunningDoor door) {
        // when
        var endpoints =
                rows("Endpoints")
                        .filter(row -> row[1].startsWith("/"))
                        .map(row -> row[0] + " " + row[1]);

        // then
        assertThat(endpoints).containsExactlyInAnyOrderElementsOf(offered(door));
    }

    private static List<String> offered(RunningDoor door) {
        return door
                .bean("requestMappingHandlerMapping", RequestMappingHandlerMapping.class)
                .getHandlerMethods()
                .keySet()
                .stream()
                .flatMap(mapping ->
                        mapping.getMethodsCondition().getMethods().stream()
                                .flatMap(method ->
                                        mapping.getPatternsCondition().getPatterns().stream()
                                                .map(path -> method + " " + path)))
                .toList();
    }

    /** The rows of the tables of a chapter, without the marks of code. */
    private static Stream<String[]> rows(String chapter) {
        var text = readme();
        int begin = text.indexOf("## " + chapter);
        int end = text.indexOf("\n## ", begin + 1);
        return text.substring(begin, end)
                .lines()
                .filter(line -> line.startsWith("| `"))
                .map(line ->
                        Arrays.stream(line.substring(1).split("\\|"))
                                .map(cell -> cell.strip().replace("`", ""))
                                .toArray(String[]::new));
    }

    private static String readme() {
        try {
            return Files.readString(Path.of("README.md"));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
