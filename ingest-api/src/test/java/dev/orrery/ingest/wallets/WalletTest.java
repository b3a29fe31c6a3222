package dev.orrery.ingest.wallets;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.ingest.problems.ProblemCode;
import dev.orrery.ingest.testing.Answer;
import dev.orrery.ingest.testing.FakePipeline;
import dev.orrery.ingest.testing.RunningDoor;
import dev.orrery.ingest.testing.SharedDoor;
import dev.orrery.ingest.testing.User;
import dev.orrery.pipeline.http.CommonProblem;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.http.HttpMethod;
import reactor.core.publisher.Flux;

@ExtendWith(SharedDoor.class)
class WalletTest {

    private final RunningDoor door;
    private final User user;

    WalletTest(RunningDoor door) {
        this.door = door;
        this.user = door.stranger();
    }

    @Test
    void isNotThereBeforeItIsOpened() {
        // when
        var wallet = user.get("/v1/wallet");
        var entries = user.get("/v1/wallet/entries");

        // then
        wallet.assertProblem(CommonProblem.NOT_FOUND);
        entries.assertProblem(CommonProblem.NOT_FOUND);
    }

    @Test
    void takesAPaymentOnceHoweverOftenItIsTold() {
        // given
        var payment = payment(UUID.randomUUID().toString(), 7_000_000);

        // when
        var first = post(payment);
        var again = post(payment);

        // then
        assertThat(first.status()).isEqualTo(201);
        assertThat(again.status()).isEqualTo(200);
        assertThat(again.json().path("posted_micros").asLong()).isEqualTo(7_000_000);
        assertThat(user.get("/v1/wallet").body()).isEqualTo(again.body());
    }

    @Test
    void takesAPaymentOnceWhenItIsToldManyTimesAtOnce() {
        // given
        var payment = payment(UUID.randomUUID().toString(), 7_000_000);

        // when
        var answers =
                Flux.fromStream(IntStream.range(0, 20).boxed())
                        .flatMap(n -> user.later(HttpMethod.POST, topUps(), payment, Map.of()), 20)
                        .collectList()
                        .blockOptional()
                        .orElseThrow();

        // then
        assertThat(answers).filteredOn(answer -> answer.status() == 201).hasSize(1);
        assertThat(answers).filteredOn(answer -> answer.status() == 200).hasSize(19);
        assertThat(user.get("/v1/wallet").json().path("posted_micros").asLong())
                .isEqualTo(7_000_000);
    }

    @Test
    void refusesAnotherPaymentOfTheSameNameAndOpensNoWalletForIt() {
        // given
        var other = door.stranger();
        var id = UUID.randomUUID().toString();
        post(payment(id, 7_000_000));
        var before = door.fingerprint();

        // when
        var otherAmount = post(payment(id, 8_000_000));
        var otherWallet =
                other.post(
                        "/admin/v1/wallets/" + other.name() + "/top-ups", payment(id, 7_000_000));

        // then
        otherAmount.assertProblem(ProblemCode.PAYMENT_CONFLICT);
        otherWallet.assertProblem(ProblemCode.PAYMENT_CONFLICT);
        assertThat(door.fingerprint()).isEqualTo(before);
    }

    @Test
    void tellsTheBookOfChangesWhoToppedItUpAndOnlyOnce() {
        // given
        var operator = door.stranger();
        var id = UUID.randomUUID().toString();

        // when
        operator.post(topUps(), payment(id, 7_000_000));
        operator.post(topUps(), payment(id, 7_000_000));

        // then
        assertThat(
                        door.query(
                                "select subject || ' ' || (after ->> 'payment_id') || ' ' || (after ->> 'amount_micros')"
                                        + " from chat.admin_changes where action = 'top_up' and actor = '"
                                        + operator.name()
                                        + "'"))
                .isEqualTo("wallet/" + user.name() + " " + id + " 7000000");
    }

    @Test
    void showsEveryMovementNewestFirst() {
        // given
        user.topUp(20_000_000);
        var message = user.say(user.begin("plain"), "Hello").text("id");
        try (var pipeline = new FakePipeline(door)) {
            pipeline.answer(message, "Hi");
        }
        door.query("select billing.book(array['" + message + "'::uuid], array[5000000])");
        user.topUp(1_000_000);

        // when
        var first = user.get("/v1/wallet/entries?limit=2");
        var second = user.get("/v1/wallet/entries?limit=2&cursor=" + first.text("next"));

        // then
        var items = first.json().path("items");
        assertThat(items.path(0).path("amount_micros").asLong()).isEqualTo(1_000_000);
        assertThat(items.path(1).path("amount_micros").asLong()).isEqualTo(-5_000_000);
        assertThat(items.path(1).path("message_id").asString()).isEqualTo(message);
        assertThat(second.json().path("items").path(0).path("amount_micros").asLong())
                .isEqualTo(20_000_000);
        assertThat(second.text("next")).isEmpty();
        assertThat(user.get("/v1/wallet").json().path("available_micros").asLong())
                .isEqualTo(16_000_000);
    }

    private Answer post(String payment) {
        return user.post(topUps(), payment);
    }

    private String topUps() {
        return "/admin/v1/wallets/" + user.name() + "/top-ups";
    }

    private static String payment(String id, long micros) {
        return "{\"payment_id\": \""
                + id
                + "\", \"amount_micros\": "
                + micros
                + ", \"currency\": \"INR\"}";
    }
}
