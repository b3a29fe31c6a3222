package dev.orrery.ingest.admin.bots;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.ingest.testing.Answer;
import dev.orrery.ingest.testing.RunningDoor;
import dev.orrery.ingest.testing.SharedDoor;
import dev.orrery.ingest.testing.User;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Every bot of the list is there, once, in order, however it is paged. */
@ExtendWith(SharedDoor.class)
class BotListTest {

    private final User admin;
    private final NamedBots bots;

    BotListTest(RunningDoor door) {
        this.admin = door.stranger();
        this.bots = new NamedBots(admin);
    }

    @Test
    void listsByRankThenByAge() {
        // given
        var slugs =
                List.of(
                        bots.create(", \"rank\": 2000000002").text("slug"),
                        bots.create(", \"rank\": 2000000001").text("slug"),
                        bots.create(", \"rank\": 2000000001").text("slug"));

        // when
        var listed =
                admin.all(NamedBots.PATH, 7).stream()
                        .map(bot -> bot.path("slug").asString())
                        .toList();

        // then
        assertThat(listed).doesNotHaveDuplicates();
        assertThat(listed)
                .containsSubsequence("mira", slugs.get(1), slugs.get(2), slugs.getFirst());
    }

    @Test
    void skipsNoneWhenTheLastOneOfAPageIsGivenAnotherRank() {
        // given
        var moved = bots.create(", \"rank\": 2000000003").text("slug");
        var middle = bots.create(", \"rank\": 2000000004").text("slug");
        var last = bots.create(", \"rank\": 2000000006").text("slug");
        var page = pageThatEndsWith(moved);

        // when
        bots.change(moved, "{\"rank\": 2000000005}");
        var next = admin.get(NamedBots.PATH + "?limit=100&cursor=" + page.text("next"));

        // then
        assertThat(slugs(page).getLast()).isEqualTo(moved);
        assertThat(slugs(next)).startsWith(middle).containsSubsequence(middle, last);
    }

    private Answer pageThatEndsWith(String slug) {
        var after = "";
        while (true) {
            var page = admin.get(NamedBots.PATH + "?limit=100" + after);
            assertThat(page.status()).as(page.body()).isEqualTo(200);
            int place = slugs(page).indexOf(slug);
            if (place >= 0) {
                return admin.get(NamedBots.PATH + "?limit=" + (place + 1) + after);
            }
            after = "&cursor=" + page.text("next");
        }
    }

    private static List<String> slugs(Answer page) {
        return page.json()
                .path("items")
                .valueStream()
                .map(bot -> bot.path("slug").asString())
                .toList();
    }
}
