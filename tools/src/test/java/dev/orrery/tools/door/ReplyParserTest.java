package dev.orrery.tools.door;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ReplyParserTest {

    @Test
    void readsIdNameAndData() {
        // given
        var parser = new ReplyParser();

        // when
        var parts = parse(parser, "id: 1000002", "event: delta", "data: {\"text\":\"Hi\"}", "");

        // then
        assertThat(parts)
                .singleElement()
                .satisfies(part -> {
                    assertThat(part.id()).isEqualTo(1_000_002);
                    assertThat(part.name()).isEqualTo("delta");
                    assertThat(part.data().path("text").asString()).isEqualTo("Hi");
                });
    }

    @Test
    void passesOverCommentsAndFieldsItDoesNotKnow() {
        // given
        var parser = new ReplyParser();

        // when
        var parts =
                parse(parser, ": keep-alive", "", "retry: 500", "event:completed", "data:{}", "");

        // then
        assertThat(parts).extracting(ReplyPart::name).containsExactly("completed");
    }

    @Test
    void doesNotCarryAnIdIntoTheNextEvent() {
        // given
        var parser = new ReplyParser();

        // when
        var parts = parse(parser, "id:7", "data:{}", "", "data:{}", "");

        // then
        assertThat(parts).extracting(ReplyPart::id).containsExactly(7L, -1L);
    }

    private static List<ReplyPart> parse(ReplyParser parser, String... lines) {
        return Stream.of(lines).flatMap(line -> parser.line(line).stream()).toList();
    }
}
