package ai.fastn.camunda.autoconfigure;

import ai.fastn.camunda.effect.secret.Sealing;
import ai.fastn.camunda.runtime.FrameCipher;
import ai.fastn.camunda.runtime.RunScope;
import java.nio.charset.StandardCharsets;

/** Encrypts what a run stores after it has read a secret, with the tenant's key and bound to the execution. */
record SealedFrames(Sealing sealing) implements FrameCipher {

    @Override
    public byte[] seal(byte[] plain, RunScope scope) {
        return sealing.seal(scope.tenant(), plain, associated(scope));
    }

    @Override
    public byte[] open(byte[] sealed, RunScope scope) {
        return sealing.open(scope.tenant(), sealed, associated(scope));
    }

    private static byte[] associated(RunScope scope) {
        return ("fastn.frame.v1|" + scope.execution()).getBytes(StandardCharsets.UTF_8);
    }
}
