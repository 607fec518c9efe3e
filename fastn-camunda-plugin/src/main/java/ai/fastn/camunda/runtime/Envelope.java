package ai.fastn.camunda.runtime;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;

/**
 * How text of a run is stored: compressed where it is long, and sealed from the moment the run has read a secret. The
 * first byte says what was done.
 */
final class Envelope {

    private static final int COMPRESSED = 1;
    private static final int SEALED = 2;
    private static final int LONG = 4_096;

    private final FrameCipher cipher;
    private final RunScope scope;
    private volatile boolean sealing;

    Envelope(FrameCipher cipher, RunScope scope) {
        this.cipher = cipher;
        this.scope = scope;
    }

    /** From now on everything is sealed. */
    void seal() {
        sealing = true;
    }

    byte[] pack(String text) {
        byte[] plain = text.getBytes(StandardCharsets.UTF_8);
        boolean compress = plain.length > LONG;
        boolean seal = sealing;
        byte[] body = compress ? deflated(plain) : plain;
        byte[] stored = seal ? cipher.seal(body, scope) : body;
        byte[] result = new byte[stored.length + 1];
        result[0] = (byte) ((compress ? COMPRESSED : 0) | (seal ? SEALED : 0));
        System.arraycopy(stored, 0, result, 1, stored.length);
        return result;
    }

    /** What was sealed says that the run has read a secret: what follows is sealed too. */
    String unpack(byte[] stored) {
        byte[] body = Arrays.copyOfRange(stored, 1, stored.length);
        if ((stored[0] & SEALED) != 0) {
            seal();
            body = cipher.open(body, scope);
        }
        return new String((stored[0] & COMPRESSED) != 0 ? inflated(body) : body, StandardCharsets.UTF_8);
    }

    private static byte[] deflated(byte[] plain) {
        Deflater fast = new Deflater(Deflater.BEST_SPEED);
        try (ByteArrayOutputStream bytes = new ByteArrayOutputStream()) {
            try (DeflaterOutputStream out = new DeflaterOutputStream(bytes, fast)) {
                out.write(plain);
            }
            return bytes.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            fast.end();
        }
    }

    private static byte[] inflated(byte[] bytes) {
        try (InflaterInputStream in = new InflaterInputStream(new ByteArrayInputStream(bytes))) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
