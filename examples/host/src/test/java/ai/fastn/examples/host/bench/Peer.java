package ai.fastn.examples.host.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** One side of the comparison, in a JVM of its own: measures a workload each time it is told to. */
interface Peer {

    /** What a line with figures begins with; everything else a peer prints is for the reader. */
    String FIGURES = "figures ";

    /** Figures by name. */
    Map<String, Double> measure(Workload workload) throws Exception;

    /** Measures what the lines on standard input name, until there are no more. */
    static void serve(Peer peer) throws Exception {
        BufferedReader names = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        answer(Map.of());
        for (String name = names.readLine(); name != null; name = names.readLine()) {
            answer(peer.measure(Workload.valueOf(name)));
        }
    }

    private static void answer(Map<String, Double> figures) throws IOException {
        PrintStream out = System.out;
        out.println(FIGURES + new ObjectMapper().writeValueAsString(figures));
        out.flush();
    }
}
