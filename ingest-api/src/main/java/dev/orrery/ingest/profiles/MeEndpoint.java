package dev.orrery.ingest.profiles;

import dev.orrery.ingest.security.Caller;
import dev.orrery.pipeline.http.CommonProblem;
import dev.orrery.pipeline.http.Fields;
import dev.orrery.pipeline.http.Problem;
import java.time.Instant;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code /v1/me}: the caller's own profile. */
@RestController
@RequestMapping(path = "/v1/me", produces = MediaType.APPLICATION_JSON_VALUE)
class MeEndpoint {

    record Me(String user, int version, Instant updatedAt, JsonNode profile) {

        /** Without the profile, which is personal data. */
        @Override
        public String toString() {
            return "Me[version=" + version + "]";
        }
    }

    private final Profiles profiles;
    private final ProfileReader reader;
    private final JsonMapper json;

    MeEndpoint(Profiles profiles, ProfileReader reader, JsonMapper json) {
        this.profiles = profiles;
        this.reader = reader;
        this.json = json;
    }

    @GetMapping
    Mono<Me> get(Caller caller) {
        return profiles.find(caller.user())
                .map(stored -> me(caller, stored))
                .switchIfEmpty(
                        Mono.error(() ->
                                new Problem(
                                        CommonProblem.NOT_FOUND, "no profile yet (PUT one here)")));
    }

    @PutMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    Mono<Me> put(Caller caller, Fields document) {
        return reader.read(document)
                .flatMap(profile -> profiles.put(caller.user(), profile))
                .map(stored -> me(caller, stored));
    }

    /**
     * Every version and what was learned from them, memories, comments; whoever had none gets the
     * same answer.
     */
    @DeleteMapping
    @ResponseStatus(HttpStatus.NO_CONTENT)
    Mono<Void> delete(Caller caller) {
        return profiles.erase(caller.user());
    }

    private Me me(Caller caller, StoredProfile stored) {
        return new Me(
                caller.user(), stored.version(), stored.since(), json.readTree(stored.document()));
    }
}
