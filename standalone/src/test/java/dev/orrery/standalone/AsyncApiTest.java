package dev.orrery.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.topics.Topic;
import dev.orrery.topics.Topics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** {@code docs/asyncapi.yaml} says what the catalogue says. */
class AsyncApiTest {

    private static final Path DOCUMENT = Path.of("..", "docs", "asyncapi.yaml");

    static List<Topic<?>> topics() {
        return Topics.all();
    }

    @Test
    void namesTheTopicsOfTheCatalogueAndNoOthers() throws IOException {
        // when
        var channels = map(document().get("channels"));

        // then
        assertThat(channels)
                .containsOnlyKeys(Topics.all().stream().map(Topic::name).toArray(String[]::new));
    }

    @ParameterizedTest
    @MethodSource("topics")
    void describesEachTopicAsTheCatalogueDoes(Topic<?> topic) throws IOException {
        // when
        var channel = map(map(document().get("channels")).get(topic.name()));

        // then
        var kafka = map(map(channel.get("bindings")).get("kafka"));
        var configuration = map(kafka.get("topicConfiguration"));
        assertThat(channel).containsEntry("address", topic.name());
        assertThat(kafka)
                .containsEntry("topic", topic.name())
                .containsEntry("partitions", topic.partitions());
        assertThat(configuration.get("cleanup.policy"))
                .isEqualTo(List.of(topic.compacted() ? "compact" : "delete"));
        if (topic.compacted()) {
            assertThat(configuration).doesNotContainKey("retention.ms");
        } else {
            long kept = topic.keptFor().map(Duration::toMillis).orElse(-1L);
            assertThat(((Number) configuration.get("retention.ms")).longValue()).isEqualTo(kept);
        }
    }

    @ParameterizedTest
    @MethodSource("topics")
    void leadsFromEachTopicToTheSchemaOfItsOneRecordType(Topic<?> topic) throws IOException {
        // when
        var messages = map(map(map(document().get("channels")).get(topic.name())).get("messages"));

        // then
        var type = topic.type().getSimpleName();
        assertThat(messages).containsOnlyKeys(type);
        var reference = map(messages.get(type)).get("$ref").toString();
        var message =
                map(map(map(document().get("components")).get("messages"))
                        .get(reference.substring(reference.lastIndexOf('/') + 1)));
        assertThat(message).containsEntry("name", topic.type().getName());
        var schema = map(map(message.get("payload")).get("schema")).get("$ref").toString();
        assertThat(DOCUMENT.resolveSibling(schema)).isRegularFile();
        assertThat(Path.of(schema)).hasFileName(type + ".avsc");
    }

    private static Map<String, Object> document() throws IOException {
        try (var text = Files.newBufferedReader(DOCUMENT)) {
            return map(new Yaml(new SafeConstructor(new LoaderOptions())).load(text));
        }
    }

    @SuppressWarnings("unchecked") // YAML mappings with text keys
    private static Map<String, Object> map(Object node) {
        return (Map<String, Object>) node;
    }
}
