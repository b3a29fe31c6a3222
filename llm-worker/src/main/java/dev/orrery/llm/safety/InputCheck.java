package dev.orrery.llm.safety;

import dev.orrery.llm.chain.ChainRequest;
import dev.orrery.llm.model.Conversation;
import reactor.core.publisher.Mono;

/** Looks at what the user has said last; what was said before was looked at in its turn. */
record InputCheck(Check check, Verdicts verdicts, Judge judge) {

    boolean isOn() {
        return check.isOn();
    }

    /** The rules' ruling, and the model's where they find nothing; does not fail. */
    Mono<Ruling> ruling(ChainRequest request) {
        var message = message(request.conversation());
        var byRules = byRules(message);
        if (byRules instanceof Ruling.Found || check.model().isEmpty()) {
            return Mono.just(byRules);
        }
        return judge.judge(
                Side.INPUT, check.model().get(), message, request.origin(), request.patience());
    }

    private static String message(Conversation conversation) {
        for (var message : conversation.messages().reversed()) {
            if (message.role() == Conversation.Role.USER) {
                return message.content();
            }
        }
        return "";
    }

    private Ruling byRules(String message) {
        if (check.phrases().isEmpty()) {
            return new Ruling.Passed();
        }
        var scan = new Scan(check.phrases());
        scan.read(message);
        scan.pause();
        var ruling = Ruling.of(scan.found());
        verdicts.byRules(Side.INPUT, ruling);
        return ruling;
    }
}
