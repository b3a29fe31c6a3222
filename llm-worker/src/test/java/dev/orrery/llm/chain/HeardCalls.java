package dev.orrery.llm.chain;

import java.util.ArrayList;
import java.util.List;

/** Writes down what it hears of calls. */
final class HeardCalls implements CallListener {

    private final List<String> told = new ArrayList<>();
    private final List<String> texts = new ArrayList<>();
    private final List<CallReport> reports = new ArrayList<>();

    @Override
    public void began(Call call) {
        told.add(call.number() + " began");
    }

    @Override
    public void firstText(Call call) {
        told.add(call.number() + " first text");
    }

    @Override
    public void text(Call call, String text) {
        texts.add(text);
    }

    @Override
    public void ended(CallReport report) {
        told.add(report.call().number() + " " + report.result());
        reports.add(report);
    }

    /** One line an event. */
    List<String> told() {
        return List.copyOf(told);
    }

    List<String> texts() {
        return List.copyOf(texts);
    }

    List<CallReport> reports() {
        return List.copyOf(reports);
    }
}
