package dev.orrery.llm.http;

import java.net.InetAddress;
import java.util.Arrays;

/**
 * What an address belongs to, after the registries of special-purpose addresses (RFC 6890, and
 * IANA's since). IPv6 addresses that carry one of IPv4 are judged by that one.
 */
enum AddressKind {
    /** Anybody's. */
    PUBLIC,
    /** This machine's. */
    LOOPBACK,
    /**
     * A network's of its own: RFC 1918, shared by a carrier (RFC 6598), unique-local (RFC 4193).
     */
    PRIVATE,
    /**
     * Nobody's that could be a provider: link-local, where clouds keep their metadata, multicast,
     * broadcast, documentation, benchmarks, and what is not assigned.
     */
    SPECIAL;

    private static final Block[] LOOPBACKS = {new Block("127.0.0.0", 8), new Block("::1", 128)};

    private static final Block[] PRIVATES = {
        new Block("10.0.0.0", 8),
        new Block("172.16.0.0", 12),
        new Block("192.168.0.0", 16),
        new Block("100.64.0.0", 10),
        new Block("fc00::", 7)
    };

    private static final Block[] SPECIALS = {
        new Block("0.0.0.0", 8),
        new Block("169.254.0.0", 16),
        new Block("192.0.0.0", 24),
        new Block("192.0.2.0", 24),
        new Block("192.88.99.0", 24),
        new Block("198.18.0.0", 15),
        new Block("198.51.100.0", 24),
        new Block("203.0.113.0", 24),
        new Block("224.0.0.0", 3), // multicast, reserved, broadcast
        new Block("168.63.129.16", 32), // Azure's metadata, though it looks public
        new Block("100.100.100.200", 32), // Alibaba's
        new Block("fd00:ec2::254", 128), // Amazon's
        new Block("2001:db8::", 32),
        new Block("3fff::", 20),
        new Block("2001::", 23) // Teredo and other protocols' own
    };

    private static final Block GLOBAL_UNICAST = new Block("2000::", 3);
    private static final Block MAPPED = new Block(mapped(), 96);
    private static final Block COMPATIBLE = new Block("::", 96);
    private static final Block TRANSLATED = new Block("64:ff9b::", 96);
    private static final Block SIX_TO_FOUR = new Block("2002::", 16);

    static AddressKind of(InetAddress address) {
        return of(address.getAddress());
    }

    private static AddressKind of(byte[] bytes) {
        if (in(LOOPBACKS, bytes)) {
            return LOOPBACK;
        }
        if (bytes.length > 4) {
            if (MAPPED.has(bytes) || COMPATIBLE.has(bytes) || TRANSLATED.has(bytes)) {
                return of(Arrays.copyOfRange(bytes, 12, 16));
            }
            if (SIX_TO_FOUR.has(bytes)) {
                return of(Arrays.copyOfRange(bytes, 2, 6));
            }
        }
        if (in(SPECIALS, bytes)) {
            return SPECIAL;
        }
        if (in(PRIVATES, bytes)) {
            return PRIVATE;
        }
        return bytes.length == 4 || GLOBAL_UNICAST.has(bytes) ? PUBLIC : SPECIAL;
    }

    /** Made by hand: of the literal, this platform makes an address of IPv4. */
    private static byte[] mapped() {
        var prefix = new byte[16];
        prefix[10] = (byte) 0xFF;
        prefix[11] = (byte) 0xFF;
        return prefix;
    }

    private static boolean in(Block[] blocks, byte[] bytes) {
        return Arrays.stream(blocks).anyMatch(block -> block.has(bytes));
    }

    /** The addresses that begin with the same bits. */
    private static final class Block {

        private final byte[] prefix;
        private final int bits;

        Block(String first, int bits) {
            this(InetAddress.ofLiteral(first).getAddress(), bits);
        }

        Block(byte[] prefix, int bits) {
            this.prefix = prefix;
            this.bits = bits;
        }

        boolean has(byte[] address) {
            if (address.length != prefix.length) {
                return false;
            }
            int whole = bits / 8;
            int rest = bits % 8;
            if (!Arrays.equals(address, 0, whole, prefix, 0, whole)) {
                return false;
            }
            int mask = 0xFF << (8 - rest);
            return rest == 0 || (address[whole] & mask) == (prefix[whole] & mask);
        }
    }
}
