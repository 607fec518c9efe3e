package ai.fastn.camunda.effect.connector;

import java.util.Arrays;
import java.util.List;

/** Tells addresses of the public Internet from private, local, reserved and metadata addresses. */
final class PublicAddress {

    private static final List<Block> NOT_PUBLIC_V4 = List.of(
            v4(0, 0, 0, 0, 8),
            v4(10, 0, 0, 0, 8),
            v4(100, 64, 0, 0, 10),
            v4(127, 0, 0, 0, 8),
            v4(169, 254, 0, 0, 16),
            v4(172, 16, 0, 0, 12),
            v4(192, 0, 0, 0, 24),
            v4(192, 0, 2, 0, 24),
            v4(192, 88, 99, 0, 24),
            v4(192, 168, 0, 0, 16),
            v4(198, 18, 0, 0, 15),
            v4(198, 51, 100, 0, 24),
            v4(203, 0, 113, 0, 24),
            v4(224, 0, 0, 0, 3));

    /** What is assigned to the public at all: 2000::/3. */
    private static final Block GLOBAL_V6 = v6(3, 0x2000);

    private static final List<Block> NOT_PUBLIC_V6 = List.of(v6(23, 0x2001), v6(32, 0x2001, 0x0db8), v6(20, 0x3fff));
    private static final Block MAPPED = v6(96, 0, 0, 0, 0, 0, 0xffff);
    private static final Block NAT64 = v6(96, 0x64, 0xff9b, 0, 0, 0, 0);
    private static final Block SIX_TO_FOUR = v6(16, 0x2002);

    private PublicAddress() {}

    static boolean isPublic(byte[] address) {
        if (address.length == 4) {
            return NOT_PUBLIC_V4.stream().noneMatch(block -> block.contains(address));
        }
        // An IPv6 address that carries an IPv4 address leads where that one leads.
        if (MAPPED.contains(address) || NAT64.contains(address)) {
            return isPublic(Arrays.copyOfRange(address, 12, 16));
        }
        if (SIX_TO_FOUR.contains(address)) {
            return isPublic(Arrays.copyOfRange(address, 2, 6));
        }
        return GLOBAL_V6.contains(address) && NOT_PUBLIC_V6.stream().noneMatch(block -> block.contains(address));
    }

    private static Block v4(int a, int b, int c, int d, int bits) {
        return new Block(new byte[] {(byte) a, (byte) b, (byte) c, (byte) d}, bits);
    }

    private static Block v6(int bits, int... groups) {
        byte[] bytes = new byte[16];
        for (int i = 0; i < groups.length; i++) {
            bytes[2 * i] = (byte) (groups[i] >> 8);
            bytes[2 * i + 1] = (byte) groups[i];
        }
        return new Block(bytes, bits);
    }

    /** All addresses that share their first bits. */
    private static final class Block {

        private final byte[] start;
        private final int bits;

        Block(byte[] start, int bits) {
            this.start = start;
            this.bits = bits;
        }

        boolean contains(byte[] address) {
            for (int bit = 0; bit < bits; bit++) {
                int mask = 0x80 >> (bit % 8);
                if ((address[bit / 8] & mask) != (start[bit / 8] & mask)) {
                    return false;
                }
            }
            return true;
        }
    }
}
