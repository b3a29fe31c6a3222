package dev.orrery.tools.chat;

import dev.orrery.tools.door.DemoEnvironment;
import dev.orrery.tools.door.Door;
import dev.orrery.tools.door.DoorRefused;
import dev.orrery.tools.door.ReplyPart;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/** {@code ./orrery chat}: one session with a bot, a line a message, replies as they come. */
@Command(
        name = "chat",
        description =
                "Talks to a running Orrery. Type a message and Enter; /wallet, /help and /quit are commands.",
        mixinStandardHelpOptions = true)
public final class Chat implements Callable<Integer> {

    @Option(
            names = "--env",
            paramLabel = "FILE",
            description = "Where to find address and token (${DEFAULT-VALUE}).")
    private Path environment = Path.of(".orrery", "demo.env");

    @Option(
            names = "--bot",
            paramLabel = "SLUG",
            description = "Whom to talk to (${DEFAULT-VALUE}).")
    private String bot = "astrologer-mira";

    private final InputStream in;
    private final PrintStream out;

    public Chat() {
        this(System.in, System.out);
    }

    Chat(InputStream in, OutputStream out) {
        this.in = in;
        this.out = new PrintStream(out, true, StandardCharsets.UTF_8);
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        var variables = DemoEnvironment.read(environment);
        var address = URI.create(variables.get("ORRERY_URL"));
        try (var door = new Door(address, variables.get("ORRERY_USER_TOKEN"))) {
            var session = door.post("/v1/sessions", Map.of("bot", bot));
            out.println("Talking to " + bot + ". /help shows the commands, Ctrl-D ends.");
            greet(session.path("greeting").asString(""));
            converse(door, session.path("id").asString());
        }
        return 0;
    }

    private void greet(String greeting) {
        if (!greeting.isEmpty()) {
            out.println("\n" + greeting);
        }
    }

    private void converse(Door door, String session) throws IOException, InterruptedException {
        var input = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
        while (true) {
            out.print("\n> ");
            var line = input.readLine();
            if (line == null || line.strip().equals("/quit")) {
                out.println();
                return;
            }
            switch (line.strip()) {
                case "" -> {}
                case "/help" -> out.println("/wallet  what is left\n/quit    leave");
                case "/wallet" -> showWallet(door);
                default -> say(door, session, line);
            }
        }
    }

    private void say(Door door, String session, String text)
            throws IOException, InterruptedException {
        try {
            door.converse(session, text, this::show, () -> out.print(" [resuming] "));
        } catch (DoorRefused refused) {
            out.println(refused.getMessage());
        }
    }

    private void show(ReplyPart part) {
        switch (part.name()) {
            case "delta" -> out.print(part.data().path("text").asString());
            case "restarted" -> out.print("\n[starting over]\n");
            case "tool_call" -> showCall(part.data());
            case "completed" ->
                    out.printf(
                            "%n[%s/%s, %s]%n",
                            part.data().path("provider").asString(),
                            part.data().path("model").asString(),
                            Money.of(part.data().path("charge"), "micros"));
            case "failed" -> out.println("\n" + part.data().path("message").asString());
            default -> {} // accepted, progress: nothing to show
        }
        out.flush();
    }

    /** That a tool is being asked is of no interest to who reads; what comes of it is. */
    private void showCall(JsonNode call) {
        var state = call.path("state").asString();
        if (!state.equals("called")) {
            out.printf(
                    "%n[%s %s: %s]%n",
                    call.path("name").asString(), call.path("arguments"), state.replace('_', ' '));
        }
    }

    private void showWallet(Door door) throws IOException, InterruptedException {
        try {
            var wallet = door.get("/v1/wallet");
            out.printf(
                    "%s left, %s of them held for a reply that is on its way%n",
                    Money.of(wallet, "posted_micros"), Money.of(wallet, "held_micros"));
        } catch (DoorRefused refused) {
            out.println(refused.getMessage());
        }
    }
}
