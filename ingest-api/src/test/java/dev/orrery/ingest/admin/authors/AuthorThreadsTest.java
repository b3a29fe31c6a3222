package dev.orrery.ingest.admin.authors;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.ingest.testing.Answer;
import dev.orrery.ingest.testing.RunningDoor;
import dev.orrery.ingest.testing.SharedDoor;
import dev.orrery.ingest.testing.User;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import reactor.core.publisher.Flux;

/** Long prompts are read where no chat waits for it. */
@ExtendWith(SharedDoor.class)
class AuthorThreadsTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /** Two that work and fifty that wait for each. */
    private static final int ALL_PLACES = 102;

    private final RunningDoor door;
    private final User user;

    AuthorThreadsTest(RunningDoor door) {
        this.door = door;
        this.user = door.guest();
    }

    /** Whoever is refused for want of room has changed nothing. */
    @Test
    void readWhatIsSavedOrActivatedAndNothingOfChats() {
        // given
        var threads = door.bean(AuthorThreads.class);
        var busy = new CountDownLatch(1);
        var work =
                Flux.range(0, ALL_PLACES)
                        .flatMap(
                                each ->
                                        threads.compute(() -> {
                                            busy.await();
                                            return each;
                                        }),
                                ALL_PLACES)
                        .collectList()
                        .toFuture();

        // when
        var activated = activate().status();
        var before = door.fingerprint();
        var saved = revise().status();
        var after = door.fingerprint();
        var chatted = user.say(user.begin("plain"), "Hello").status();

        // then
        busy.countDown();
        assertThat(work).succeedsWithin(PATIENCE);
        assertThat(activated).isEqualTo(503);
        assertThat(saved).isEqualTo(503);
        assertThat(after).isEqualTo(before);
        assertThat(chatted).isEqualTo(202);
        assertThat(activate().status()).isEqualTo(200);
    }

    private Answer activate() {
        return user.post("/admin/v1/llm-configs/" + config() + "/activate", "{\"revision\": 1}");
    }

    private Answer revise() {
        return user.post("/admin/v1/llm-configs/" + config() + "/revisions", "{\"retry\": 3}");
    }

    private String config() {
        return door.query(
                "select config_id from chat.llm_configs join chat.bots using (bot_id) where slug = 'plain'");
    }
}
