package dev.orrery.simulator.openai;

import dev.orrery.simulator.call.Received;
import dev.orrery.simulator.chat.Body;
import dev.orrery.simulator.chat.Refusal;
import dev.orrery.simulator.http.Question;
import dev.orrery.simulator.play.Answer;
import dev.orrery.simulator.play.Pages;
import dev.orrery.simulator.play.Playing;
import dev.orrery.simulator.script.Script;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import tools.jackson.databind.JsonNode;

/**
 * {@code POST /moderations}, of those that have it. Every model exists. A text is found to be what
 * it says that it is: {@code [flag:violence]} flags that category, by the vendor's own name of it.
 */
final class Moderations {

    static final String ENDPOINT = "/moderations";

    private final Vendor vendor;

    private final Judging judging;

    private final AtomicLong judgements = new AtomicLong();

    Moderations(Vendor vendor, Judging judging) {
        this.vendor = vendor;
        this.judging = judging;
    }

    Question read(Received received) {
        try {
            Completions.requireKey(received);
            JsonNode root = Body.object(received.body());
            String model = Body.model(root);
            List<String> texts = texts(root.path("input"));
            return new Question(model, model, script -> judged(model, texts, script));
        } catch (Refusal refusal) {
            long number = judgements.incrementAndGet();
            return Question.refused(
                    ENDPOINT.substring(1),
                    Pages.error(refusal.problem(number), vendor.errors())
                            .with(vendor.headers(number)));
        }
    }

    private Answer judged(String model, List<String> texts, Script script) {
        long number = judgements.incrementAndGet();
        return new Playing(script, vendor.errors(), vendor.headers(number), number)
                .whole(judging.judged(model, texts, number));
    }

    private static List<String> texts(JsonNode input) {
        if (input.isString() && !input.stringValue().isEmpty()) {
            return List.of(input.stringValue());
        }
        if (!input.isArray() || input.isEmpty()) {
            throw Refusal.invalid("input: expected a text, or a list of texts", "input");
        }
        List<String> texts = new ArrayList<>();
        input.forEach(each -> texts.add(Body.text(each)));
        return texts;
    }
}
