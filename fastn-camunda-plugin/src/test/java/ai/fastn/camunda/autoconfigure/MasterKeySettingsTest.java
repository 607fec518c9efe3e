package ai.fastn.camunda.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.fastn.camunda.effect.secret.KeyWrapping;
import ai.fastn.camunda.effect.secret.MasterKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/** Where the master key may come from. */
class MasterKeySettingsTest {

    private static final String KEY = MasterKey.random().toBase64();

    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"FASTN_SECRETS_MASTERKEY", "FASTN_SECRETS_MASTER_KEY"})
    void anEnvironmentVariableIsASetting(String variable) throws GeneralSecurityException {
        assertThat(isTheKey(settings(Map.of(variable, KEY)).own(null))).isTrue();
    }

    @Test
    void aFileThatItsOwnerKeepsToHimselfHoldsAKey() throws Exception {
        Path file = file("rw-------");

        assertThat(isTheKey(settings(Map.of("FASTN_SECRETS_MASTERKEYFILE", file.toString()))
                        .own(null)))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"rw-r--r--", "rw-rw----", "rw-----w-"})
    void aFileThatIsOpenToOthersIsRefused(String permissions) throws IOException {
        Path file = file(permissions);

        assertThatThrownBy(() -> settings(Map.of("FASTN_SECRETS_MASTERKEYFILE", file.toString()))
                        .own(null))
                .hasMessage("master key file \"" + file + "\" is open to others (" + permissions + "): chmod 600 it");
    }

    @Test
    void whatIsMissingOrGivenTwiceIsNamed() throws IOException {
        Path file = file("rw-------");

        assertThatThrownBy(() -> settings(Map.of()).own(null))
                .hasMessageContaining("fastn.secrets.master-key is not set");
        assertThatThrownBy(() -> settings(
                                Map.of("FASTN_SECRETS_MASTERKEY", KEY, "FASTN_SECRETS_MASTERKEYFILE", file.toString()))
                        .own(null))
                .hasMessageContaining("given more than once");
        assertThatThrownBy(() -> settings(Map.of("FASTN_SECRETS_MASTERKEY", KEY))
                        .own(MasterKey.random().wrapping()))
                .hasMessageContaining("given more than once");
        assertThatThrownBy(() -> settings(Map.of(
                                "FASTN_SECRETS_MASTERKEYFILE",
                                directory.resolve("none").toString()))
                        .own(null))
                .hasMessageContaining("can not be read");
    }

    @Test
    void keysOfBeforeAreKnownToo() throws GeneralSecurityException {
        FastnProperties.Secrets settings = settings(Map.of(
                "FASTN_SECRETS_MASTERKEY", MasterKey.random().toBase64(), "FASTN_SECRETS_OTHERMASTERKEYS_0_", KEY));

        assertThat(settings.others()).hasSize(1);
        assertThat(isTheKey(settings.others().get(0))).isTrue();
    }

    private Path file(String permissions) throws IOException {
        Path file = Files.writeString(directory.resolve("master.key"), KEY + "\n");
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
    }

    private static FastnProperties.Secrets settings(Map<String, ?> variables) {
        StandardEnvironment environment = new StandardEnvironment();
        environment
                .getPropertySources()
                .forEach(source -> environment.getPropertySources().remove(source.getName()));
        environment
                .getPropertySources()
                .addFirst(new SystemEnvironmentPropertySource("systemEnvironment", Map.copyOf(variables)));
        return new Binder(ConfigurationPropertySources.get(environment))
                .bindOrCreate("fastn", FastnProperties.class)
                .secrets();
    }

    private static boolean isTheKey(KeyWrapping wrapping) throws GeneralSecurityException {
        byte[] wrapped = MasterKey.ofBase64(KEY).wrapping().wrap(new byte[] {7}, new byte[] {1});
        return wrapping.unwrap(wrapped, new byte[] {1})[0] == 7;
    }
}
