package dev.orrery.llm.hostile;

import dev.orrery.llm.hostile.HostileUpstream.Conduct;
import dev.orrery.llm.http.HttpSettings;
import dev.orrery.llm.provider.AwsSettings;
import dev.orrery.llm.provider.ProviderSettings;
import dev.orrery.llm.provider.ProviderSettings.Protocol;
import dev.orrery.llm.provider.Providers;
import dev.orrery.llm.time.Ticker;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A provider for each fault, and a healthy one, as the configuration has them. */
public final class HostileProviders implements AutoCloseable {

    /** The code of the healthy one, and its answer. */
    public static final String HEALTHY = "healthy";

    public static final String HEALTHY_TEXT = "A healthy answer.";

    private final List<Fault> faults;
    private final HostileUpstream upstream;
    private final Providers providers;

    private HostileProviders(List<Fault> faults, HostileUpstream upstream) {
        this.faults = faults;
        this.upstream = upstream;
        this.providers =
                Providers.open(
                        blocks(faults, upstream),
                        HttpSettings.defaults(),
                        Clock.systemUTC(),
                        Ticker.system());
    }

    public static HostileProviders start(List<Fault> faults) throws IOException {
        var conducts = new ArrayList<Conduct>(faults);
        conducts.add(wire ->
                wire.send(Heads.chunked(Heads.EVENTS))
                        .chunk(Dialect.OPENAI.stream(HEALTHY_TEXT))
                        .end());
        return new HostileProviders(faults, HostileUpstream.start(conducts));
    }

    private static Map<String, ProviderSettings> blocks(
            List<Fault> faults, HostileUpstream upstream) {
        var blocks = new HashMap<String, ProviderSettings>();
        for (int i = 0; i < faults.size(); i++) {
            blocks.put("hostile-" + i, block(faults.get(i).language(), upstream.url(i)));
        }
        blocks.put(HEALTHY, block(Dialect.OPENAI, upstream.url(faults.size())));
        return blocks;
    }

    private static ProviderSettings block(Language language, String url) {
        return switch (language) {
            case Dialect dialect -> block(Protocol.valueOf(dialect.name()), url);
            case EventFrames ignored -> bedrock(url);
        };
    }

    private static ProviderSettings block(Protocol protocol, String url) {
        return new ProviderSettings(
                protocol, URI.create(url), "any", true, null, true, false, Map.of());
    }

    private static ProviderSettings bedrock(String url) {
        return new ProviderSettings(
                Protocol.BEDROCK,
                null,
                "any",
                true,
                null,
                true,
                false,
                true,
                false,
                Map.of(),
                new AwsSettings("", "", "", "ap-south-1", url));
    }

    public Providers models() {
        return providers;
    }

    /** Of the provider that has this fault. */
    public String code(Fault fault) {
        return "hostile-" + faults.indexOf(fault);
    }

    @Override
    public void close() throws IOException {
        providers.close();
        upstream.close();
    }
}
