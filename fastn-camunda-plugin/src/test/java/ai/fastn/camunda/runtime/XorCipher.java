package ai.fastn.camunda.runtime;

/** Stands for the real cipher: what it seals does not show the plain text. */
final class XorCipher implements FrameCipher {

    @Override
    public byte[] seal(byte[] plain, RunScope scope) {
        return xor(plain);
    }

    @Override
    public byte[] open(byte[] sealed, RunScope scope) {
        return xor(sealed);
    }

    private static byte[] xor(byte[] bytes) {
        byte[] result = bytes.clone();
        for (int i = 0; i < result.length; i++) {
            result[i] ^= 0x5a;
        }
        return result;
    }
}
