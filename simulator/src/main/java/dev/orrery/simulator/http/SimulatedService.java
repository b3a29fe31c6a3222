package dev.orrery.simulator.http;

import dev.orrery.simulator.call.Call;
import dev.orrery.simulator.call.Calls;
import dev.orrery.simulator.call.Received;
import dev.orrery.simulator.play.Answer;
import dev.orrery.simulator.play.Pages;
import dev.orrery.simulator.script.Script;
import dev.orrery.simulator.script.ScriptUnreadable;
import dev.orrery.simulator.script.Scripts;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.stream.Stream;

/**
 * One simulated service: where it is, what it is told to do, and what it was asked. The methods are
 * for tests and may be called on any thread; they hold for the calls that come after.
 */
public final class SimulatedService {

    /** Last segment of the path to which a redirect leads, and the target under which it counts. */
    static final String REDIRECTED = "redirected";

    private final String base;

    private final Provider provider;

    private final Scripts scripts;

    private final Calls calls;

    /**
     * @param base path of the service, e.g. {@code /openai/v1}
     * @param standard what a call follows if nobody says anything else
     */
    public SimulatedService(String base, Provider provider, Script standard, Clock clock) {
        this.base = base;
        this.provider = provider;
        this.scripts = new Scripts(standard);
        this.calls = new Calls(clock);
    }

    /** What was asked, and how each call ended. */
    public Calls calls() {
        return calls;
    }

    /**
     * Makes every call follow this script, unless the call says otherwise itself.
     *
     * @throws ScriptUnreadable if it is none
     */
    public void script(String script) {
        scripts.always(Script.parse(script));
    }

    /**
     * Makes the next calls follow these scripts one after the other, whatever they call; the ones
     * after them go on as before.
     *
     * @throws ScriptUnreadable if one is none
     */
    public void scriptNext(String... each) {
        scripts.next(Stream.of(each).map(Script::parse).toList());
    }

    /**
     * Makes the calls of one target follow these scripts one after the other; the last one is for
     * all that come after.
     *
     * @param target a model, an endpoint
     * @throws ScriptUnreadable if one is none
     */
    public void scriptTarget(String target, String first, String... then) {
        scripts.plan(
                target,
                Script.parse(first),
                Stream.of(then).map(Script::parse).toArray(Script[]::new));
    }

    /** As it was at the start: no plans, no calls. */
    public void reset() {
        scripts.forget();
        calls.forget();
    }

    String base() {
        return base;
    }

    boolean serves(String path) {
        return path.startsWith(base + "/");
    }

    /** Records a request and decides on its answer. */
    Exchange take(Received received) {
        if (received.path().endsWith("/" + REDIRECTED)) {
            byte[] followed = "{\"followed\":true}".getBytes(StandardCharsets.UTF_8);
            return new Exchange(calls.begin(REDIRECTED, received), Pages.json(200, followed));
        }
        Question question = provider.read(received.path().substring(base.length()), received);
        Call call = calls.begin(question.target(), received);
        try {
            String header = received.header(Scripts.HEADER);
            Script script = scripts.next(question.target(), header, question.name());
            return new Exchange(call, question.answer().apply(script));
        } catch (ScriptUnreadable unreadable) {
            return new Exchange(call, provider.unreadable(String.valueOf(unreadable.getMessage())));
        }
    }

    /** A call and what it gets. */
    record Exchange(Call call, Answer answer) {}
}
