package dev.orrery.topics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.orrery.events.ChatRequested;
import java.lang.reflect.Modifier;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The catalogue: what others build on when they create, read and query topics. */
class TopicsTest {

    /** As Kafka has it. */
    private static final int LONGEST_NAME = 249;

    static Stream<Topic<?>> all() {
        return Topics.all().stream();
    }

    private static Topic<?> named(String name) {
        return all().filter(topic -> topic.name().equals(name)).findFirst().orElseThrow();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    chat.requests      | SESSION | ChatRequested    | 12 | PT720H  | false
                    chat.contexts      | SESSION | ContextAssembled | 12 | PT168H  | false
                    chat.prompts       | SESSION | PromptRendered   | 12 | PT720H  | false
                    chat.replies       | MESSAGE | ReplyEvent       | 12 | PT24H   | false
                    chat.cancellations | MESSAGE | CancelRequested  |  1 | PT1H    | false
                    chat.outcomes      | WALLET  | ChatOutcome      | 12 | PT2160H | false
                    billing.entries    | WALLET  | EntryPosted      | 12 |         | false
                    ops.tuning         | WORKER  | WorkerTuning     |  1 |         | true
                    replay.requests    | SESSION | ChatRequested    | 12 | PT168H  | false
                    replay.contexts    | SESSION | ContextAssembled | 12 | PT168H  | false
                    replay.prompts     | SESSION | PromptRendered   | 12 | PT168H  | false
                    replay.outcomes    | WALLET  | ChatOutcome      | 12 | PT168H  | false
                    """)
    void areWhatTheContractSays(
            String name,
            KeyMeaning key,
            String type,
            int partitions,
            @Nullable Duration retention,
            boolean compacted) {
        // when
        var topic = named(name);

        // then
        assertThat(topic.key()).isEqualTo(key);
        assertThat(topic.type().getSimpleName()).isEqualTo(type);
        assertThat(topic.partitions()).isEqualTo(partitions);
        assertThat(topic.retention()).isEqualTo(retention);
        assertThat(topic.compacted()).isEqualTo(compacted);
    }

    @Test
    void areTwelveAndEachConstantIsAmongThem() throws IllegalAccessException {
        // given
        var constants =
                Arrays.stream(Topics.class.getFields())
                        .filter(field -> Modifier.isStatic(field.getModifiers()))
                        .toList();

        // then
        assertThat(Topics.all()).hasSize(12).hasSameSizeAs(constants);
        for (var constant : constants) {
            var topic = (Topic<?>) constant.get(null);
            assertThat(Topics.all()).contains(topic);
            assertThat(constant.getName().toLowerCase(java.util.Locale.ROOT).replace('_', '.'))
                    .isEqualTo(topic.name());
        }
    }

    @Test
    void haveNamesOfTheirOwn() {
        assertThat(Topics.all()).extracting(Topic::name).doesNotHaveDuplicates();
    }

    /** A session's turn is handled by the worker of the same number on its whole way. */
    @Test
    void keepASessionInOnePartitionAllAlongTheMainPath() {
        assertThat(all().filter(topic -> topic.key() == KeyMeaning.SESSION))
                .extracting(Topic::partitions)
                .containsOnly(Topics.CHAT_REQUESTS.partitions());
    }

    @ParameterizedTest
    @ValueSource(strings = {"requests", "contexts", "prompts", "outcomes"})
    void repeatTheMainPathForReplays(String part) {
        // when
        var replayed = named("replay." + part);

        // then
        var original = named("chat." + part);
        assertThat(replayed.type()).isEqualTo(original.type());
        assertThat(replayed.key()).isEqualTo(original.key());
        assertThat(replayed.partitions()).isEqualTo(original.partitions());
    }

    @ParameterizedTest
    @MethodSource("all")
    void nameTheirSubjectAndTheirDeadLettersAfterThemselves(Topic<?> topic) {
        assertThat(topic.subject()).isEqualTo(topic.name() + "-value");
        assertThat(topic.deadLettersOf("billing")).isEqualTo(topic.name() + ".billing.dlt");
        assertThat(topic.deadLettersOf("enrichment")).hasSizeLessThan(LONGEST_NAME);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "requests",
                "chat_requests",
                "Chat.requests",
                "chat.",
                ".chat",
                "chat..x",
                ""
            })
    void haveNoNameThatIsNotLowerCaseWordsJoinedByDots(String name) {
        assertThatThrownBy(() -> topic(name, 1, Duration.ofDays(1), false))
                .hasMessageContaining("name: " + name + " (expected:");
    }

    @Test
    void haveAPartitionAndNoRetentionBesideCompaction() {
        assertThatThrownBy(() -> topic("a.b", 0, null, false))
                .hasMessage("partitions: 0 (expected: >= 1)");
        assertThatThrownBy(() -> topic("a.b", 1, Duration.ofDays(1), true))
                .hasMessageContaining("a compacted topic has no retention");
    }

    @Test
    void sayThatTheyKeepRecordsForEverByAnAbsentRetention() {
        assertThat(List.of(Topics.BILLING_ENTRIES.keptFor(), Topics.OPS_TUNING.keptFor()))
                .allMatch(java.util.Optional::isEmpty);
        assertThat(Topics.CHAT_REPLIES.keptFor()).contains(Duration.ofDays(1));
    }

    private static Topic<ChatRequested> topic(
            String name, int partitions, @Nullable Duration retention, boolean compacted) {
        return new Topic<>(
                name, KeyMeaning.SESSION, ChatRequested.class, partitions, retention, compacted);
    }
}
