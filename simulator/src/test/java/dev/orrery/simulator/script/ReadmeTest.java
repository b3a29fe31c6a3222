package dev.orrery.simulator.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The tables of the README are those of the language. */
class ReadmeTest {

    private static final Pattern CODE = Pattern.compile("`([^`]+)`");

    @Test
    void everythingInItsTablesCanBePlayed() throws IOException {
        assertThat(promised())
                .hasSizeGreaterThan(30)
                .allSatisfy(script ->
                        assertThatCode(() -> Script.parse(script)).doesNotThrowAnyException());
    }

    @Test
    void noFaultIsMissingFromItsTable() throws IOException {
        // when
        List<Fault> faults =
                promised().stream().map(Script::parse).map(Script::fault).distinct().toList();

        // then
        assertThat(faults).contains(Fault.Quirk.values()).contains(Fault.Instead.values());
        assertThat(faults.stream().<Class<?>>map(Fault::getClass))
                .containsAll(
                        Stream.of(Fault.BeforeContent.class, Fault.InContent.class)
                                .flatMap(kind -> Stream.of(kind.getPermittedSubclasses()))
                                .toList());
    }

    /** First columns of the tables of pace and fault, with values in the place of names. */
    private static List<String> promised() throws IOException {
        String readme = Files.readString(Path.of("README.md"));
        return readme.substring(readme.indexOf("| pace |"), readme.indexOf("## In a test"))
                .lines()
                .filter(line -> line.startsWith("| `"))
                .map(line -> line.substring(2, line.indexOf(" | ")))
                .flatMap(cell -> CODE.matcher(cell).results().map(found -> found.group(1)))
                .map(ReadmeTest::withValues)
                .toList();
    }

    private static String withValues(String form) {
        return form.replaceAll("[\\[\\]]", "")
                .replace("NNN", "500")
                .replace("SECONDS", "3")
                .replace("TIME", "5ms")
                .replace("CODE", "some_code")
                .replace("REASON", "length")
                .replaceAll("\\bN\\b", "4");
    }
}
