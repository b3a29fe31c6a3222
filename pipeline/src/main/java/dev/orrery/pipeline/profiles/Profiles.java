package dev.orrery.pipeline.profiles;

import reactor.core.publisher.Mono;

/** The profiles, by version. */
public interface Profiles {

    /**
     * The profile in this version, {@link Profile#EMPTY} when it is not there (version 0, or a user
     * who was deleted since). Fails with {@link dev.orrery.pipeline.stage.StageFailure.Transient}
     * while the database is away.
     */
    Mono<Profile> of(String user, int version);
}
