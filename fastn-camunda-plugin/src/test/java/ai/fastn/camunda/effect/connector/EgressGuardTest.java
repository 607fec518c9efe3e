package ai.fastn.camunda.effect.connector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.fastn.camunda.diagnostic.FastnException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.hc.client5.http.impl.InMemoryDnsResolver;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EgressGuardTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "127.255.255.254",
                "0.0.0.0",
                "10.1.2.3",
                "172.16.0.1",
                "172.31.255.255",
                "192.168.1.1",
                "100.64.0.1",
                "169.254.169.254",
                "192.0.0.1",
                "198.18.0.1",
                "224.0.0.1",
                "255.255.255.255",
                "::1",
                "::",
                "fc00::1",
                "fd00:ec2::254",
                "fe80::1",
                "fec0::1",
                "ff02::1",
                "::ffff:127.0.0.1",
                "::127.0.0.1",
                "64:ff9b::7f00:1",
                "64:ff9b::a9fe:a9fe",
                "64:ff9b:1::1",
                "2002:7f00:1::",
                "2002:a9fe:a9fe::1",
                "2001::1",
                "2001:db8::1",
                "2130706433",
                "127.1",
            })
    void addressesInsideTheNetworkAreNotPublic(String address) throws UnknownHostException {
        assertThat(PublicAddress.isPublic(InetAddress.getByName(address).getAddress()))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "8.8.8.8",
                "172.15.0.1",
                "172.32.0.1",
                "100.63.0.1",
                "100.128.0.1",
                "2606:4700::1111",
                "2001:4860:4860::8888",
                "2002:808:808::1",
                "64:ff9b::808:808",
                "::ffff:8.8.8.8",
            })
    void addressesOfTheInternetArePublic(String address) throws UnknownHostException {
        assertThat(PublicAddress.isPublic(InetAddress.getByName(address).getAddress()))
                .isTrue();
    }

    @Test
    void aNameWithOnePrivateAmongPublicAddressesIsRefused() throws UnknownHostException {
        EgressGuard guard = guard(Map.of("mixed.example", new String[] {"8.8.8.8", "10.0.0.1"}));

        assertThatThrownBy(() -> guard.resolve("mixed.example", 443))
                .isInstanceOf(EgressRefusedException.class)
                .hasMessageContaining("host \"mixed.example\" has an address inside this network");
    }

    @Test
    void thePublicAddressThatWasCheckedIsTheOneThatIsUsed() throws UnknownHostException {
        EgressGuard guard = guard(Map.of("ok.example", new String[] {"8.8.8.8"}));

        assertThat(guard.resolve("ok.example", 443)).singleElement().satisfies(address -> {
            assertThat(address.getAddress().getHostAddress()).isEqualTo("8.8.8.8");
            assertThat(address.getPort()).isEqualTo(443);
        });
    }

    @Test
    void anAllowedPairOpensItsPortOnly() throws UnknownHostException {
        EgressGuard guard = guard(Map.of("localhost", new String[] {"127.0.0.1"}), "localhost:8080");

        assertThat(guard.resolve("LOCALHOST", 8080)).hasSize(1);
        assertThatThrownBy(() -> guard.resolve("localhost", 80)).isInstanceOf(EgressRefusedException.class);
        assertThatCode(() -> guard.check(URI.create("http://localhost:8080/x"))).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "file:///etc/passwd",
                "gopher://example.org/",
                "jar:http://example.org/x.jar!/",
                "https://good@evil.example/",
                "http://example.org:22/",
                "http://example.org:8080/",
                "https:///path",
                "//example.org/",
            })
    void anAddressOfAnotherKindIsRefusedBeforeAnythingIsResolved(String url) {
        assertThatThrownBy(() -> EgressGuard.allowing("").check(URI.create(url)))
                .isInstanceOf(FastnException.class);
    }

    @Test
    void theListOfExceptionsHoldsHostAndPort() {
        assertThatThrownBy(() -> EgressGuard.allowing("localhost"))
                .hasMessage("fastn.egress.allow holds \"localhost\"; an entry is host:port, such as localhost:8080");
    }

    private static EgressGuard guard(Map<String, String[]> addresses, String... allowed) throws UnknownHostException {
        InMemoryDnsResolver names = new InMemoryDnsResolver();
        for (Map.Entry<String, String[]> entry : addresses.entrySet()) {
            InetAddress[] resolved = new InetAddress[entry.getValue().length];
            for (int i = 0; i < resolved.length; i++) {
                resolved[i] = InetAddress.getByName(entry.getValue()[i]);
            }
            names.add(entry.getKey(), resolved);
            names.add(entry.getKey().toUpperCase(Locale.ROOT), resolved);
        }
        return new EgressGuard(Set.of(allowed), names);
    }
}
