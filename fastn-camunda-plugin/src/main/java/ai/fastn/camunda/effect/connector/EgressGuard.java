package ai.fastn.camunda.effect.connector;

import ai.fastn.camunda.diagnostic.ErrorCode;
import ai.fastn.camunda.diagnostic.FastnException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import javax.net.ssl.SSLContext;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;

/**
 * Decides where calls may go and how much they may send: to public addresses on ports 80 and 443, and to what the
 * operator allows by host and port. A name is resolved once, every address it has is checked, and the connection goes
 * to the checked address, so that a name which changes its address in between gains nothing.
 */
public final class EgressGuard implements DnsResolver {

    private static final Set<Integer> USUAL_PORTS = Set.of(80, 443);

    private static final long USUAL_SIZE = 10L * 1024 * 1024;

    private final Set<String> allowed;
    private final DnsResolver names;
    private final long largestBody;
    private final SSLContext trust;

    EgressGuard(Set<String> allowed, DnsResolver names) {
        this(allowed, names, USUAL_SIZE, TrustedCertificates.usual());
    }

    private EgressGuard(Set<String> allowed, DnsResolver names, long largestBody, SSLContext trust) {
        this.allowed = Set.copyOf(allowed);
        this.names = names;
        this.largestBody = largestBody;
        this.trust = trust;
    }

    /**
     * The same with another limit.
     *
     * @param bytes that the body of a request may have
     */
    public EgressGuard upTo(long bytes) {
        return new EgressGuard(allowed, names, bytes, trust);
    }

    /** The same for servers whose certificates lead to others than the usual authorities too. */
    public EgressGuard trusting(SSLContext context) {
        return new EgressGuard(allowed, names, largestBody, context);
    }

    /** What a server that is spoken to by TLS must show. */
    public SSLContext trust() {
        return trust;
    }

    /**
     * Checks the size of a body, in bytes, before anything is sent.
     *
     * @throws FastnException REQUEST_TOO_LARGE
     */
    void requireSize(long bytes) {
        if (bytes > largestBody) {
            throw new FastnException(
                    ErrorCode.REQUEST_TOO_LARGE,
                    "the body of the request has " + bytes + " bytes; at most " + largestBody + " are sent");
        }
    }

    /**
     * A guard with exceptions.
     *
     * @param hostPorts {@code localhost:8080,localhost:9001}, or empty
     * @throws FastnException INSTALLATION when an entry is not host:port
     */
    public static EgressGuard allowing(String hostPorts) {
        Set<String> allowed = Arrays.stream(hostPorts.split(",", -1))
                .map(String::strip)
                .filter(entry -> !entry.isEmpty())
                .map(entry -> entry.toLowerCase(Locale.ROOT))
                .collect(Collectors.toSet());
        for (String entry : allowed) {
            if (!entry.matches("[^:/\\s]+:[0-9]{1,5}|\\[[0-9a-f:.]+]:[0-9]{1,5}")) {
                throw new FastnException(
                        ErrorCode.INSTALLATION,
                        "fastn.egress.allow holds \"" + entry + "\"; an entry is host:port, such as localhost:8080");
            }
        }
        return new EgressGuard(allowed, SystemDefaultDnsResolver.INSTANCE);
    }

    /**
     * Checks what an address says before anything is resolved.
     *
     * @throws FastnException EGRESS_REFUSED
     */
    public void check(URI url) {
        String scheme = String.valueOf(url.getScheme()).toLowerCase(Locale.ROOT);
        if (!scheme.equals("http") && !scheme.equals("https")) {
            throw refused("scheme \"" + scheme + "\" is not http or https");
        }
        if (url.getRawUserInfo() != null) {
            throw refused("the address holds user information before \"@\"");
        }
        if (url.getHost() == null) {
            throw refused("the address has no host");
        }
        checkPort(url.getHost(), portOf(url), USUAL_PORTS);
    }

    /**
     * Checks the port before a host is resolved.
     *
     * @param usual ports that need no entry in the settings
     * @throws FastnException EGRESS_REFUSED
     */
    public void checkPort(String host, int port, Set<Integer> usual) {
        if (!usual.contains(port) && !isAllowed(host, port)) {
            String ports = usual.stream().sorted().map(String::valueOf).collect(Collectors.joining(", "));
            throw refused("port " + port + " of host \"" + host + "\" is neither of " + ports
                    + " nor listed in fastn.egress.allow");
        }
    }

    static int portOf(URI url) {
        return url.getPort() >= 0 ? url.getPort() : "https".equalsIgnoreCase(url.getScheme()) ? 443 : 80;
    }

    @Override
    public List<InetSocketAddress> resolve(String host, int port) throws UnknownHostException {
        InetAddress[] addresses = names.resolve(host);
        if (!isAllowed(host, port)) {
            requirePublic(host, addresses);
        }
        return Arrays.stream(addresses)
                .map(address -> new InetSocketAddress(address, port))
                .toList();
    }

    @Override
    public InetAddress[] resolve(String host) throws UnknownHostException {
        InetAddress[] addresses = names.resolve(host);
        requirePublic(host, addresses);
        return addresses;
    }

    @Override
    public String resolveCanonicalHostname(String host) {
        return host;
    }

    private boolean isAllowed(String host, int port) {
        return allowed.contains(host.toLowerCase(Locale.ROOT) + ":" + port);
    }

    private static void requirePublic(String host, InetAddress[] addresses) throws UnknownHostException {
        for (InetAddress address : addresses) {
            if (!PublicAddress.isPublic(address.getAddress())) {
                throw new EgressRefusedException(
                        "host \"" + host
                                + "\" has an address inside this network; the operator can list host:port in fastn.egress.allow");
            }
        }
    }

    private static FastnException refused(String why) {
        return new FastnException(ErrorCode.EGRESS_REFUSED, why);
    }
}
