package ai.fastn.examples.host.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;

/**
 * What one peer measured.
 *
 * @param delegateMicros median time of one run of the process with a Java delegate
 * @param instantMicros median time of one run of the peer's own synchronous JavaScript
 * @param standardPerSecond finished runs per second of the peer's own asynchronous five steps
 */
record Figures(double delegateMicros, double instantMicros, double standardPerSecond) {

    void write() throws IOException {
        new ObjectMapper().writeValue(new File(System.getProperty("bench.figures")), this);
    }
}
