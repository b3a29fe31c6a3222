package dev.orrery.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.topics.Topic;
import dev.orrery.topics.Topics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code docs/asyncapi.yaml} says what the catalogue says. */
class AsyncApiTest {

    private static final Path DOCUMENT = Path.of("..", "docs", "asyncapi.yaml");

    static List<Topic<?>> topics() {
        return Topics.all();
    }

    @Test
    void namesTheTopicsOfTheCatalogueAndNoOthers() throws IOException {
        // when
        var channels = document().path("channels");

        // then
        assertThat(channels.propertyNames())
                .containsExactlyInAnyOrderElementsOf(
                        Topics.all().stream().map(Topic::name).toList());
    }

    @ParameterizedTest
    @MethodSource("topics")
    void describesEachTopicAsTheCatalogueDoes(Topic<?> topic) throws IOException {
        // when
        var channel = channel(topic);

        // then
        var kafka = channel.path("bindings").path("kafka");
        var configuration = kafka.path("topicConfiguration");
        assertThat(channel.path("address").asString()).isEqualTo(topic.name());
        assertThat(kafka.path("topic").asString()).isEqualTo(topic.name());
        assertThat(kafka.path("partitions").asInt()).isEqualTo(topic.partitions());
        assertThat(configuration.path("cleanup.policy").path(0).asString())
                .isEqualTo(topic.compacted() ? "compact" : "delete");
        assertThat(configuration.has("retention.ms")).isEqualTo(!topic.compacted());
        if (!topic.compacted()) {
            long kept = topic.keptFor().map(Duration::toMillis).orElse(-1L);
            assertThat(configuration.path("retention.ms").asLong()).isEqualTo(kept);
        }
    }

    @ParameterizedTest
    @MethodSource("topics")
    void leadsFromEachTopicToTheSchemaOfItsOneRecordType(Topic<?> topic) throws IOException {
        // when
        var messages = channel(topic).path("messages");

        // then
        var type = topic.type().getSimpleName();
        assertThat(messages.propertyNames()).containsExactly(type);
        var reference = messages.path(type).path("$ref").asString();
        var message = document().at(reference.substring(reference.indexOf('#') + 1));
        assertThat(message.path("name").asString()).isEqualTo(topic.type().getName());
        var schema = message.path("payload").path("schema").path("$ref").asString();
        assertThat(Path.of(schema)).hasFileName(type + ".avsc");
        assertThat(DOCUMENT.resolveSibling(schema)).isRegularFile();
    }

    private static JsonNode channel(Topic<?> topic) throws IOException {
        return document().path("channels").path(topic.name());
    }

    private static JsonNode document() throws IOException {
        try (var text = Files.newBufferedReader(DOCUMENT)) {
            var yaml = new Yaml(new SafeConstructor(new LoaderOptions()));
            return JsonMapper.shared().valueToTree(yaml.<Object>load(text));
        }
    }
}
