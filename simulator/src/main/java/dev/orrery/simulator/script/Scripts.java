package dev.orrery.simulator.script;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which script the next call follows. The first that says something decides: the header of the
 * call, what a test has planned for the target, what it has planned for the next calls, the name
 * the client used ({@code sim/…}), what a test wants for all calls, the standard.
 *
 * <p>Called on any thread.
 */
public final class Scripts {

    /** Header that carries a script, in lower case. */
    public static final String HEADER = ScriptHeader.NAME;

    private static final List<String> PREFIXES = List.of("sim/", "sim-");

    private final ConcurrentMap<String, Plan> plans = new ConcurrentHashMap<>();

    private final Queue<Script> next = new ConcurrentLinkedQueue<>();

    private final Script standard;

    private volatile Script always;

    /**
     * @param standard what a call follows if nobody says anything else
     */
    public Scripts(Script standard) {
        this.standard = standard;
        this.always = standard;
    }

    /**
     * Makes the calls of a target follow these scripts one after the other; the last one is for all
     * that come after.
     */
    public void plan(String target, Script first, Script... then) {
        plans.put(target, new Plan(Stream.concat(Stream.of(first), Stream.of(then)).toList()));
    }

    /** Makes the next calls follow these scripts, whatever they call. */
    public void next(List<Script> scripts) {
        next.addAll(scripts);
    }

    /** Makes every call follow this script that says nothing else. */
    public void always(Script script) {
        always = script;
    }

    /** Takes all plans back. */
    public void forget() {
        plans.clear();
        next.clear();
        always = standard;
    }

    /**
     * @param target what is called, e.g. a model or a path
     * @param header value of {@link #HEADER}; null without one
     * @param name what may carry a script: a model name, a user id
     * @throws ScriptUnreadable if the header or the name carries a script that is none
     */
    public Script next(String target, @Nullable String header, String name) {
        if (header != null) {
            return ScriptHeader.read(header);
        }
        Plan plan = plans.get(target);
        if (plan != null) {
            return plan.next();
        }
        Script planned = next.poll();
        return planned != null ? planned : named(name);
    }

    private Script named(String name) {
        for (String prefix : PREFIXES) {
            if (name.startsWith(prefix)) {
                return Script.parse(name.substring(prefix.length()));
            }
        }
        return always;
    }

    /** The scripts of one target, and how many calls have followed them. */
    private static final class Plan {

        private final List<Script> scripts;

        private final AtomicInteger called = new AtomicInteger();

        Plan(List<Script> scripts) {
            this.scripts = scripts;
        }

        Script next() {
            int last = scripts.size() - 1;
            return scripts.get(called.getAndUpdate(index -> Math.min(index + 1, last)));
        }
    }
}
