package ai.fastn.camunda.effect.secret;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Associated data of a sealed text: says what it belongs to, each part with its length ("a"+"bc" is not "ab"+"c"). */
public final class Associated {

    private Associated() {}

    public static byte[] of(String... parts) {
        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        for (String part : parts) {
            byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
            joined.writeBytes(
                    ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
            joined.writeBytes(bytes);
        }
        return joined.toByteArray();
    }
}
