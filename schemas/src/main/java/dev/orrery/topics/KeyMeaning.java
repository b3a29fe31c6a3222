package dev.orrery.topics;

/**
 * What a record key stands for. Records with the same key are handled one after the other, in
 * order.
 */
public enum KeyMeaning {
    /** UUID of the session; turns of one session never overlap. */
    SESSION,
    /** UUID of the message; the partition is the reply address and not the key's hash. */
    MESSAGE,
    /** UUID of the wallet; one consumer owns a wallet at a time. */
    WALLET,
    /** Name of a worker. */
    WORKER
}
