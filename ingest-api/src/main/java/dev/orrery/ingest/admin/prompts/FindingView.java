package dev.orrery.ingest.admin.prompts;

import dev.orrery.pipeline.prompt.lint.Finding;
import java.util.List;

/** A finding as the API shows it. */
record FindingView(String code, String severity, String message, int line, int column) {

    static List<FindingView> of(List<Finding> findings) {
        return findings.stream()
                .map(each ->
                        new FindingView(
                                each.code(),
                                each.severity().wireName(),
                                each.message(),
                                each.line(),
                                each.column()))
                .toList();
    }
}
