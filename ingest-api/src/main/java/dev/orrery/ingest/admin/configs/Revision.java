package dev.orrery.ingest.admin.configs;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.time.Instant;
import java.util.UUID;

/**
 * A revision as it is kept; it never changes.
 *
 * @param number counted from 1 within its configuration
 * @param contentHash SHA-256 of what it says, 64 hexadecimal digits; equal ones behave alike
 * @param author the token's subject
 */
record Revision(
        UUID id,
        UUID configId,
        int number,
        String contentHash,
        String author,
        Instant createdOn,
        @JsonUnwrapped RevisionFields fields) {

    /** As the book of changes names it, without the prompt and what else may be long or secret. */
    record Named(
            UUID configId,
            UUID revisionId,
            int number,
            String contentHash,
            String provider,
            String model) {}

    Named named() {
        return new Named(configId, id, number, contentHash, fields.provider(), fields.model());
    }
}
