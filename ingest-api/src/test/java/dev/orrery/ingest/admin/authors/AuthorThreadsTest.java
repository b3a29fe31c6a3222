package dev.orrery.ingest.admin.authors;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.ingest.testing.Answer;
import dev.orrery.ingest.testing.RunningDoor;
import dev.orrery.ingest.testing.SharedDoor;
import dev.orrery.ingest.testing.User;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Long prompts are read where no chat waits for it. */
@ExtendWith(SharedDoor.class)
class AuthorThreadsTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private static final int WORKING = 2;

    /** Fifty for each that works. */
    private static final int WAITING = 100;

    private final RunningDoor door;
    private final User user;

    AuthorThreadsTest(RunningDoor door) {
        this.door = door;
        this.user = door.guest();
    }

    /** Whoever is refused for want of room has changed nothing. */
    @Test
    void readWhatIsSavedOrActivatedAndNothingOfChats() throws InterruptedException {
        // given
        var threads = door.bean(AuthorThreads.class);
        var busy = new CountDownLatch(1);
        var taken = new CountDownLatch(WORKING);
        var work = new ArrayList<CompletableFuture<Integer>>();
        for (int place = 0; place < WORKING + WAITING; place++) {
            work.add(
                    threads.compute(
                                    () -> {
                                        taken.countDown();
                                        busy.await();
                                        return 0;
                                    })
                            .toFuture());
            if (place == WORKING - 1) {
                taken.await();
            }
        }

        var before = door.fingerprint();

        // when
        var refused = List.of(activate().status(), revise().status());

        // then
        var after = door.fingerprint();
        var chatted = user.say(user.begin("plain"), "Hello").status();
        busy.countDown();
        assertThat(work).allSatisfy(each -> assertThat(each).succeedsWithin(PATIENCE));
        assertThat(refused).containsExactly(503, 503);
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
