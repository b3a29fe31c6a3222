package dev.orrery.ingest.admin.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.ingest.problems.ProblemCode;
import dev.orrery.ingest.testing.RunningDoor;
import dev.orrery.ingest.testing.SharedDoor;
import dev.orrery.ingest.testing.User;
import dev.orrery.pipeline.http.CommonProblem;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedDoor.class)
class RulesAndPricesTest {

    private static final String RULES = "/admin/v1/fallback-rules";

    private final RunningDoor door;
    private final User admin;
    private final String name = "rule-" + UUID.randomUUID();

    RulesAndPricesTest(RunningDoor door) {
        this.door = door;
        this.admin = door.stranger();
    }

    @Test
    void putsARuleAndReplacesItsSteps() {
        // when
        var made =
                admin.put(
                        RULES + "/" + name,
                        """
                        {"provider": "openai", "model": "%s", "note": "Try the smaller one.",
                         "steps": [{"provider": "openai", "model": "gpt-5-mini"},
                                   {"provider": "bedrock", "model": "m v:1", "region": "us-east-1"}]}
                        """
                                .formatted(name));
        var changed =
                admin.put(
                        RULES + "/" + name,
                        """
                        {"provider": "openai", "model": "%s", "steps": [], "enabled": false}
                        """
                                .formatted(name));

        // then
        assertThat(made.status()).as(made.body()).isEqualTo(200);
        assertThat(made.json().path("steps").path(1).path("region").asString())
                .isEqualTo("us-east-1");
        assertThat(made.json().path("append_universal").asBoolean()).isTrue();
        assertThat(made.json().path("warnings").isEmpty()).isTrue();
        assertThat(changed.json().path("steps").isEmpty()).isTrue();
        assertThat(stored()).isEqualTo("[] false");
        assertThat(noted())
                .isEqualTo(
                        "create_rule fallback-rule/" + name + ";change_rule fallback-rule/" + name);
    }

    private String stored() {
        return door.query(
                "select steps::text || ' ' || enabled from llm.fallback_rules where name = '"
                        + name
                        + "'");
    }

    private String noted() {
        return door.query(
                "select action || ' ' || subject from chat.admin_changes where actor = '"
                        + admin.name()
                        + "' order by change_id");
    }

    @Test
    void warnsOfAStrangerBeforeASiblingAndFollowsTheRuleAllTheSame() {
        // when
        var answer =
                admin.put(
                        RULES + "/" + name,
                        """
                        {"provider": "openai", "model": "%s",
                         "steps": [{"provider": "groq", "model": "g"}, {"provider": "openai", "model": "o", "retry": 2}]}
                        """
                                .formatted(name));

        // then
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().path("warnings").valueStream().map(Object::toString))
                .anySatisfy(warning -> assertThat(warning).contains("groq/g comes before openai/o"))
                .anySatisfy(warning -> assertThat(warning).contains("retry 2"));
        assertThat(stored()).endsWith(" true");
    }

    @Test
    void deletesARule() {
        // given
        admin.put(RULES + "/" + name, "{\"provider\": \"groq\", \"model\": \"x\", \"steps\": []}");

        // when
        var deleted = admin.delete(RULES + "/" + name);

        // then
        assertThat(deleted.status()).isEqualTo(204);
        assertThat(stored()).isEmpty();
        admin.delete(RULES + "/" + name).assertProblem(CommonProblem.NOT_FOUND);
        assertThat(noted()).endsWith("delete_rule fallback-rule/" + name);
    }

    @Test
    void listsEveryRuleByNamePageByPage() {
        // when
        var names = admin.all(RULES, 3).stream().map(rule -> rule.path("name").asString()).toList();

        // then
        assertThat(String.join(";", names))
                .isEqualTo(door.query("select name from llm.fallback_rules order by name"));
        assertThat(names).contains("gemini", "bedrock", "sample-gpt-4-then-claude");
    }

    @Test
    void addsAPriceThatTakesEffectLaterAndChangesNone() {
        // given
        var from = Instant.now().plus(30, ChronoUnit.DAYS).truncatedTo(ChronoUnit.SECONDS);
        var price =
                """
                {"provider": "openai", "model_pattern": "%s*", "effective_from": "%s",
                 "input_micros": 100, "output_micros": 200, "cached_input_micros": 10}
                """
                        .formatted(name, from);

        // when
        var added = admin.post("/admin/v1/prices", price);
        var again = admin.post("/admin/v1/prices", price);

        // then
        assertThat(added.status()).as(added.body()).isEqualTo(201);
        assertThat(added.text("effective_from")).isEqualTo(from.toString());
        again.assertProblem(ProblemCode.CONFLICT);
        assertThat(noted()).isEqualTo("add_price price/openai/" + name + "*");
    }

    @Test
    void addsAPriceThatTakesEffectNowWhenNoTimeIsSaid() {
        // when
        var added =
                admin.post(
                        "/admin/v1/prices",
                        """
                        {"provider": "*", "model_pattern": "%s", "input_micros": 0, "output_micros": 0}
                        """
                                .formatted(name));

        // then
        assertThat(added.status()).as(added.body()).isEqualTo(201);
        assertThat(
                        door.query(
                                "select effective_from <= now() from llm.prices where model_pattern = '"
                                        + name
                                        + "'"))
                .isEqualTo("t");
    }

    @Test
    void skipsNoRuleAndNoPriceWhenOneIsAddedOrDeletedBetweenTwoPages() {
        // given
        var rule = "a-" + name;
        admin.put(RULES + "/" + rule, "{\"provider\": \"groq\", \"model\": \"x\", \"steps\": []}");
        var rules = admin.get(RULES + "?limit=3");
        var prices = admin.get("/admin/v1/prices?limit=3");

        // when
        var deleted = admin.delete(RULES + "/" + rule);
        admin.post(
                "/admin/v1/prices",
                """
                {"provider": "*", "model_pattern": "!%s", "input_micros": 0, "output_micros": 0}
                """
                        .formatted(name));
        var nextRules = admin.get(RULES + "?limit=1&cursor=" + rules.text("next"));
        var nextPrices = admin.get("/admin/v1/prices?limit=1&cursor=" + prices.text("next"));

        // then
        assertThat(deleted.status()).isEqualTo(204);
        assertThat(nextRules.json().path("items").path(0).path("name").asString())
                .isEqualTo(
                        door.query(
                                "select min(name) from llm.fallback_rules where name > '"
                                        + rules.json().path("items").path(2).path("name").asString()
                                        + "'"));
        assertThat(prices.json().path("items").valueStream())
                .doesNotContain(nextPrices.json().path("items").path(0));
        assertThat(admin.get(RULES + "?cursor=" + prices.text("next").substring(0, 32)))
                .satisfies(answer -> answer.assertProblem(ProblemCode.INVALID_REQUEST));
    }

    @Test
    void listsEveryPricePageByPage() {
        // when
        var listed = admin.all("/admin/v1/prices", 7);

        // then
        assertThat(listed)
                .hasSize(Integer.parseInt(door.query("select count(*) from llm.prices")))
                .doesNotHaveDuplicates();
        assertThat(listed)
                .extracting(price -> price.path("model_pattern").asString())
                .contains("gpt-5*", "sim/*");
    }
}
