package dev.orrery.ingest.messages;

import dev.orrery.ingest.documents.PathId;
import dev.orrery.ingest.ids.TimeOrderedIds;
import dev.orrery.ingest.paging.Page;
import dev.orrery.ingest.paging.PageRequest;
import dev.orrery.ingest.replies.EventId;
import dev.orrery.ingest.replies.ReplyStreams;
import dev.orrery.ingest.security.Caller;
import dev.orrery.ingest.turns.Requests;
import dev.orrery.ingest.turns.TurnReads;
import dev.orrery.pipeline.event.TraceParent;
import dev.orrery.pipeline.http.Fields;
import dev.orrery.pipeline.http.Problem;
import java.net.URI;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Messages of a session, and what became of each. */
@RestController
@RequestMapping(path = "/v1", produces = MediaType.APPLICATION_JSON_VALUE)
class MessagesEndpoint {

    private final Messages messages;
    private final TurnReads turns;
    private final Requests requests;
    private final ReplyStreams streams;
    private final Cancellation cancellation;
    private final TimeOrderedIds ids;

    MessagesEndpoint(
            Messages messages,
            TurnReads turns,
            Requests requests,
            ReplyStreams streams,
            Cancellation cancellation,
            TimeOrderedIds ids) {
        this.messages = messages;
        this.turns = turns;
        this.requests = requests;
        this.streams = streams;
        this.cancellation = cancellation;
        this.ids = ids;
    }

    /**
     * 202 with links, or the stream itself where the client asks for one; both only once the
     * message is durable. Whoever cannot be streamed to is refused before that.
     */
    @PostMapping(
            path = "/sessions/{session}/messages",
            consumes = MediaType.APPLICATION_JSON_VALUE,
            produces = {MediaType.APPLICATION_JSON_VALUE, MediaType.TEXT_EVENT_STREAM_VALUE})
    Mono<ResponseEntity<?>> post(
            Caller caller,
            @PathVariable String session,
            @RequestHeader HttpHeaders headers,
            Fields document) {
        var key = IdempotencyKey.of(headers.get(IdempotencyKey.HEADER));
        var trace = trace(headers);
        var message =
                new PostedMessage(
                        key == null ? ids.next() : key.messageOf(caller.user()),
                        PathId.of(session),
                        caller.user(),
                        PostedMessage.text(document),
                        trace);
        boolean wantsStream = AskedForm.isStream(headers.getAccept());
        if (wantsStream) {
            streams.requireRoom(caller.user());
        }
        return messages.accept(message)
                .map(accepted -> wantsStream ? streamed(accepted, trace) : linked(accepted, trace));
    }

    private ResponseEntity<?> linked(Acceptance acceptance, @Nullable TraceParent trace) {
        if (acceptance.isNew()) {
            requests.send(acceptance.turn(), trace);
        }
        var body = AcceptedMessage.of(acceptance.turn());
        return ResponseEntity.status(
                        acceptance.turn().ending() == null ? HttpStatus.ACCEPTED : HttpStatus.OK)
                .location(URI.create(body.links().self()))
                .body(body);
    }

    private ResponseEntity<?> streamed(Acceptance acceptance, @Nullable TraceParent trace) {
        var turn = acceptance.turn();
        return stream(
                acceptance.isNew()
                        ? streams.ofNew(turn, () -> requests.send(turn, trace))
                        : streams.of(turn, null));
    }

    @GetMapping("/sessions/{session}/messages")
    Mono<Page<ConversationItem>> history(
            Caller caller, @PathVariable String session, PageRequest asked) {
        var id = PathId.of(session);
        return turns.startOf(caller.user(), id)
                .switchIfEmpty(Mono.error(Problem::notFound))
                .flatMap(start ->
                        turns.newest(caller.user(), id, asked)
                                .map(rows -> ConversationPage.of(start, rows, asked)));
    }

    @GetMapping("/messages/{id}")
    Mono<MessageView> get(Caller caller, @PathVariable String id) {
        return turns.find(caller.user(), PathId.of(id))
                .map(MessageView::of)
                .switchIfEmpty(Mono.error(Problem::notFound));
    }

    /** 204 when there is nothing left to say, which stops a browser from coming back for ever. */
    @GetMapping(path = "/messages/{id}/events", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    Mono<ResponseEntity<?>> events(
            Caller caller,
            @PathVariable String id,
            @RequestHeader(name = "Last-Event-ID", required = false) @Nullable String lastEventId,
            @RequestParam(name = "after", required = false) @Nullable String after) {
        var seen = EventId.of(lastEventId, after);
        return turns.find(caller.user(), PathId.of(id))
                .switchIfEmpty(Mono.error(Problem::notFound))
                .map(turn ->
                        ReplyStreams.isAllSeen(turn, seen)
                                ? ResponseEntity.noContent().build()
                                : stream(streams.of(turn, seen)));
    }

    @PostMapping("/messages/{id}/cancel")
    Mono<MessageView> cancel(Caller caller, @PathVariable String id) {
        UUID turn = PathId.of(id);
        return cancellation.cancel(caller.user(), turn).map(MessageView::of);
    }

    private static ResponseEntity<?> stream(Flux<ServerSentEvent<String>> events) {
        return ResponseEntity.ok()
                .contentType(MediaType.TEXT_EVENT_STREAM)
                .cacheControl(CacheControl.noCache())
                .header("X-Accel-Buffering", "no") // proxies are to pass every event on at once
                .body(events);
    }

    private static @Nullable TraceParent trace(HttpHeaders headers) {
        List<String> given = headers.getOrEmpty("traceparent");
        return given.size() == 1 ? TraceParent.parse(given.getFirst()).orElse(null) : null;
    }
}
