package dev.merapi.api.hash;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * The BLAKE3 hash of a short input, which the JDK does not have: up to {@link #MAX_INPUT} bytes are one chunk, so
 * nothing of BLAKE3's tree is needed. Stateless.
 */
public final class Blake3 {
    /** One chunk. Longer inputs would need the tree, and nothing here hashes one. */
    public static final int MAX_INPUT = 1024;

    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

    private static final int BLOCK = 64;
    private static final int ROUNDS = 7;

    private static final int CHUNK_START = 1;
    private static final int CHUNK_END = 2;
    private static final int ROOT = 8;

    private static final int[] INITIAL = {
        0x6A09E667, 0xBB67AE85, 0x3C6EF372, 0xA54FF53A, 0x510E527F, 0x9B05688C, 0x1F83D9AB, 0x5BE0CD19
    };

    /** Where each word of a block comes from in the next round. */
    private static final int[] PERMUTATION = {2, 6, 3, 10, 7, 0, 4, 13, 1, 11, 12, 5, 9, 14, 15, 8};

    private Blake3() {}

    /**
     * Returns the first {@code length} bytes, at most 32, of the hash.
     *
     * @throws IllegalArgumentException for an input longer than {@link #MAX_INPUT}
     */
    public static byte[] hash(byte[] input, int length) {
        if (input.length > MAX_INPUT || length > 32) {
            throw new IllegalArgumentException("cannot hash " + input.length + " bytes to " + length);
        }
        int[] chaining = INITIAL.clone();
        int at = 0;
        do {
            int size = Math.min(BLOCK, input.length - at);
            int flags = (at == 0 ? CHUNK_START : 0) | (at + BLOCK >= input.length ? CHUNK_END | ROOT : 0);
            compress(chaining, block(input, at, size), size, flags);
            at += BLOCK;
        } while (at < input.length);
        byte[] hash = new byte[32];
        for (int i = 0; i < chaining.length; i++) {
            INT.set(hash, 4 * i, chaining[i]);
        }
        return Arrays.copyOf(hash, length);
    }

    /** Sixteen words of input, filled up with zeros. */
    private static int[] block(byte[] input, int at, int size) {
        byte[] bytes = new byte[BLOCK];
        System.arraycopy(input, at, bytes, 0, size);
        int[] words = new int[BLOCK / 4];
        for (int i = 0; i < words.length; i++) {
            words[i] = (int) INT.get(bytes, 4 * i);
        }
        return words;
    }

    /** Mixes a block into the chaining value. The counter of chunks, two words of the state, is 0 here. */
    private static void compress(int[] chaining, int[] block, int size, int flags) {
        int[] state = Arrays.copyOf(chaining, 16);
        System.arraycopy(INITIAL, 0, state, 8, 4);
        state[14] = size;
        state[15] = flags;
        int[] words = block;
        for (int round = 0; round < ROUNDS; round++) {
            round(state, words);
            words = permuted(words);
        }
        for (int i = 0; i < 8; i++) {
            chaining[i] = state[i] ^ state[i + 8];
        }
    }

    /** The columns of the 4 by 4 words of state, then its diagonals. */
    private static void round(int[] state, int[] words) {
        for (int i = 0; i < 4; i++) {
            mix(state, i, 4 + i, 8 + i, 12 + i, words[2 * i], words[2 * i + 1]);
        }
        for (int i = 0; i < 4; i++) {
            mix(state, i, 4 + (i + 1) % 4, 8 + (i + 2) % 4, 12 + (i + 3) % 4, words[8 + 2 * i], words[9 + 2 * i]);
        }
    }

    private static void mix(int[] state, int a, int b, int c, int d, int x, int y) {
        state[a] += state[b] + x;
        state[d] = Integer.rotateRight(state[d] ^ state[a], 16);
        state[c] += state[d];
        state[b] = Integer.rotateRight(state[b] ^ state[c], 12);
        state[a] += state[b] + y;
        state[d] = Integer.rotateRight(state[d] ^ state[a], 8);
        state[c] += state[d];
        state[b] = Integer.rotateRight(state[b] ^ state[c], 7);
    }

    private static int[] permuted(int[] words) {
        int[] result = new int[words.length];
        for (int i = 0; i < result.length; i++) {
            result[i] = words[PERMUTATION[i]];
        }
        return result;
    }
}
