package dev.orrery.simulator.script;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The language of scripts: parts joined by {@code +}, each of them one rule below. A script holds
 * at most one fault; the rules are tried in their order and must match a part as a whole.
 */
final class ScriptLanguage {

    /** Long enough for every sensible script; model names are user input. */
    private static final int MAX_LENGTH = 200;

    private static final int DEFAULT_ENORMOUS_KIBIBYTES = 4_096;

    private static final int DEFAULT_SPLIT_BYTES = 7;

    private static final String NUMBER = "(\\d{1,6})";

    private static final String TIME = "(\\d{1,6}(?:ms|s))";

    /** As providers name their errors and reasons. */
    private static final String WORD = "([A-Za-z_.]+)";

    private static final List<Rule> RULES = rules();

    /** One kind of part: what it looks like and what it changes. */
    private record Rule(Pattern pattern, BiFunction<Script, MatchResult, Script> effect) {}

    private ScriptLanguage() {}

    static Script read(String text) {
        if (text.isEmpty() || text.length() > MAX_LENGTH) {
            throw new ScriptUnreadable(
                    "script of " + text.length() + " characters (expected: 1 to 200)");
        }
        Script script = Script.OK;
        for (String part : text.split("\\+", -1)) {
            script = apply(script, part);
        }
        return script;
    }

    private static Script apply(Script script, String part) {
        for (Rule rule : RULES) {
            Matcher matcher = rule.pattern().matcher(part);
            if (matcher.matches()) {
                try {
                    return rule.effect().apply(script, matcher.toMatchResult());
                } catch (IllegalArgumentException outOfBounds) {
                    throw new ScriptUnreadable("part '" + part + "': " + outOfBounds.getMessage());
                }
            }
        }
        throw new ScriptUnreadable("part '" + part + "' is not known");
    }

    private static List<Rule> rules() {
        List<Rule> rules = new ArrayList<>();
        rules.add(rule(NUMBER + "-tokens", (script, found) -> script.withTokens(number(found, 1))));
        rules.add(
                rule(
                        NUMBER + "-tokens-" + TIME,
                        (script, found) ->
                                script.withTokens(number(found, 1)).tokensEvery(time(found, 2))));
        rules.add(
                rule(
                        "headers-after-" + TIME,
                        (script, found) -> script.headersAfter(time(found, 1))));
        rules.add(
                rule(
                        "first-token-after-" + TIME,
                        (script, found) -> script.firstTokenAfter(time(found, 1))));
        rules.add(rule("every-" + TIME, (script, found) -> script.tokensEvery(time(found, 1))));

        rules.add(
                rule(
                        NUMBER + "-cached-tokens",
                        (script, found) -> script.withCachedTokens(number(found, 1))));
        rules.add(
                rule(
                        NUMBER + "-reasoning-tokens",
                        (script, found) -> script.withReasoningTokens(number(found, 1))));
        rules.add(
                rule(
                        NUMBER + "-tool-calls?",
                        (script, found) -> script.callingTools(number(found, 1))));

        // First what has a name of its own: finish-twice is no reason to finish.
        for (Fault.Instead instead : Fault.Instead.values()) {
            rules.add(fault(nameOf(instead), found -> instead));
        }
        for (Fault.Quirk quirk : Fault.Quirk.values()) {
            rules.add(fault(nameOf(quirk), found -> quirk));
        }
        rules.add(
                fault(
                        "status-(\\d{3})(?:-" + WORD + ")?(?:-retry-after-" + NUMBER + ")?",
                        ScriptLanguage::status));
        rules.add(fault("cut-after-" + NUMBER, found -> new Fault.CutAfter(number(found, 1))));
        rules.add(fault("end-after-" + NUMBER, found -> new Fault.EndAfter(number(found, 1))));
        rules.add(
                fault(
                        "error-after-" + NUMBER + "(?:-" + WORD + ")?",
                        found -> new Fault.ErrorAfter(number(found, 1), found.group(2))));
        rules.add(
                fault(
                        "silence-after-" + NUMBER,
                        found -> new Fault.SilenceAfter(number(found, 1), null)));
        rules.add(
                fault(
                        "silence-after-" + NUMBER + "-keep-alive-" + TIME,
                        found -> new Fault.SilenceAfter(number(found, 1), keepAlive(found))));
        rules.add(
                fault(
                        "broken-event-after-" + NUMBER,
                        found -> new Fault.BrokenEventAfter(number(found, 1))));
        rules.add(fault("finish-([A-Za-z_-]+)", found -> new Fault.FinishWith(found.group(1))));
        rules.add(
                fault(
                        "enormous-event",
                        found -> new Fault.EnormousEvent(DEFAULT_ENORMOUS_KIBIBYTES)));
        rules.add(
                fault(
                        "enormous-event-" + NUMBER + "-kib",
                        found -> new Fault.EnormousEvent(number(found, 1))));
        rules.add(fault("split-events", found -> new Fault.SplitEvents(DEFAULT_SPLIT_BYTES)));
        rules.add(
                fault(
                        "split-events-" + NUMBER + "-bytes",
                        found -> new Fault.SplitEvents(number(found, 1))));
        return List.copyOf(rules);
    }

    private static Rule rule(String pattern, BiFunction<Script, MatchResult, Script> effect) {
        return new Rule(Pattern.compile(pattern), effect);
    }

    private static Rule fault(String pattern, Function<MatchResult, Fault> fault) {
        return rule(
                pattern,
                (script, found) -> {
                    if (script.fault() != Fault.Quirk.OK) {
                        throw new IllegalArgumentException(
                                "a second fault (expected: at most one)");
                    }
                    return script.failing(fault.apply(found));
                });
    }

    private static Fault status(MatchResult found) {
        @Nullable String retryAfter = found.group(3);
        return new Fault.Status(
                number(found, 1),
                found.group(2),
                retryAfter == null ? null : Duration.ofSeconds(Integer.parseInt(retryAfter)));
    }

    private static Duration keepAlive(MatchResult found) {
        Duration between = time(found, 2);
        if (between.isZero()) {
            throw new IllegalArgumentException("keep-alive: 0 (expected: at least 1 ms)");
        }
        return between;
    }

    private static int number(MatchResult found, int group) {
        return Integer.parseInt(found.group(group));
    }

    private static Duration time(MatchResult found, int group) {
        String text = found.group(group);
        return text.endsWith("ms")
                ? Duration.ofMillis(Integer.parseInt(text.substring(0, text.length() - 2)))
                : Duration.ofSeconds(Integer.parseInt(text.substring(0, text.length() - 1)));
    }

    private static String nameOf(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
