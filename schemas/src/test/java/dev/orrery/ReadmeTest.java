package dev.orrery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.database.Privileges;
import dev.orrery.topics.Topic;
import dev.orrery.topics.Topics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Locale;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * The README says what is. Where one of its tables has to change, the failure shows the true one.
 */
class ReadmeTest {

    @Test
    void listsEveryTopicAsTheCatalogueHasIt() throws IOException {
        // given
        var rows = Topics.all().stream().map(ReadmeTest::row).collect(Collectors.joining("\n"));

        // when
        var readme = readme();

        // then
        assertThat(readme).contains(rows);
    }

    @Test
    void listsEveryPrivilegeAsTheDatabaseHasIt() throws IOException, SQLException {
        // given
        var rows = String.join("\n", Privileges.rows());

        // when
        var readme = readme();

        // then
        assertThat(readme).contains(rows);
    }

    @Test
    void namesEveryFunctionThatAServiceMayCallAndEveryVerdict() throws IOException, SQLException {
        // when
        var readme = readme();

        // then
        assertThat(Privileges.functions())
                .isNotEmpty()
                .allSatisfy(name -> assertThat(readme).contains("`" + name + "`"));
        assertThat(Privileges.verdicts())
                .contains("accepted", "superseded", "overdue", "posted")
                .allSatisfy(verdict -> assertThat(readme).contains("`" + verdict + "`"));
    }

    private static String row(Topic<?> topic) {
        return "| `%s` | %s id | `%s` | %d | %s |"
                .formatted(
                        topic.name(),
                        topic.key().name().toLowerCase(Locale.ROOT),
                        topic.type().getSimpleName(),
                        topic.partitions(),
                        kept(topic))
                .replace("worker id", "worker name");
    }

    private static String kept(Topic<?> topic) {
        if (topic.compacted()) {
            return "newest of each key";
        }
        return topic.keptFor().map(ReadmeTest::spoken).orElse("for ever");
    }

    private static String spoken(Duration time) {
        return time.toDays() > 1 ? time.toDays() + " d" : time.toHours() + " h";
    }

    private static String readme() throws IOException {
        return Files.readString(Path.of("README.md"));
    }
}
