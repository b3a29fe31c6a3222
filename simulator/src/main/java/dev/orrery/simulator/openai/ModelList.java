package dev.orrery.simulator.openai;

import dev.orrery.simulator.play.Pages;
import dev.orrery.simulator.play.WholeBody;
import dev.orrery.simulator.script.Fault;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Some of the models that exist here; every other name is one too. */
record ModelList(Instant now) implements WholeBody {

    private static final JsonMapper JSON = JsonMapper.shared();

    private static final List<String> MODELS =
            List.of("gpt-4.1-mini", "gpt-4.1-nano", "sim/ok", "sim/50-tokens-20ms");

    @Override
    public String contentType() {
        return Pages.JSON;
    }

    @Override
    public int pieces() {
        return 1;
    }

    @Override
    public byte[] bytes(Fault.InContent fault) {
        ObjectNode root = JSON.createObjectNode().put("object", "list");
        ArrayNode data = root.putArray("data");
        for (String model : fault == Fault.Quirk.EMPTY_CHOICES ? List.<String>of() : MODELS) {
            data.addObject()
                    .put("id", model)
                    .put("object", "model")
                    .put("created", now.getEpochSecond())
                    .put("owned_by", "simulator");
        }
        return JSON.writeValueAsBytes(root);
    }

    @Override
    public byte[] error(@Nullable String code) {
        return Errors.midway(code);
    }
}
