package ai.fastn.camunda.effect.connector;

import ai.fastn.camunda.diagnostic.ErrorCode;
import ai.fastn.camunda.diagnostic.FastnException;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** The hosts that {@code fetch} may call; what lies inside the network is the matter of {@link EgressGuard}. */
public final class FetchHosts {

    private static final Pattern ENTRY = Pattern.compile("\\*|(\\*\\.)?[a-z0-9_-]+(\\.[a-z0-9_-]+)*|\\[[0-9a-f:.]+]");

    private final List<String> entries;

    private FetchHosts(List<String> entries) {
        this.entries = entries;
    }

    /**
     * Those of a list.
     *
     * @param list {@code api.example.com, *.example.org}, {@code *} for every host, or empty for none
     * @throws FastnException INSTALLATION when an entry is no host
     */
    public static FetchHosts of(String list) {
        List<String> entries = Arrays.stream(list.split(",", -1))
                .map(entry -> entry.strip().toLowerCase(Locale.ROOT))
                .filter(entry -> !entry.isEmpty())
                .toList();
        for (String entry : entries) {
            if (!ENTRY.matcher(entry).matches()) {
                throw new FastnException(
                        ErrorCode.INSTALLATION,
                        "fastn.egress.fetch-hosts holds \"" + entry
                                + "\"; an entry is a host such as api.example.com or *.example.com, or *");
            }
        }
        return new FetchHosts(entries);
    }

    /** @throws FastnException EGRESS_REFUSED when the host is not in the list */
    void require(URI url) {
        String host = String.valueOf(url.getHost()).toLowerCase(Locale.ROOT);
        if (entries.stream().noneMatch(entry -> matches(entry, host))) {
            throw new FastnException(
                    ErrorCode.EGRESS_REFUSED, "host \"" + host + "\" is not listed in fastn.egress.fetch-hosts");
        }
    }

    private static boolean matches(String entry, String host) {
        return entry.equals("*") || entry.equals(host) || (entry.startsWith("*.") && host.endsWith(entry.substring(1)));
    }
}
