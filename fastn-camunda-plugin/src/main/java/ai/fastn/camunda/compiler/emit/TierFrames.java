package ai.fastn.camunda.compiler.emit;

import ai.fastn.camunda.workflow.Tier;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.camunda.bpm.model.bpmn.BpmnModelInstance;

/**
 * The frames of the tiers, read once: the model API loads the whole schema of BPMN for each text it reads, which took a
 * third of a compilation.
 */
final class TierFrames {

    private static final Map<Tier, BpmnModelInstance> READ =
            Arrays.stream(Tier.values()).collect(Collectors.toUnmodifiableMap(tier -> tier, TierFrames::read));

    private TierFrames() {}

    /**
     * A frame of its own for the caller. Copied by one at a time: a document of the JDK's parser unfolds itself while
     * it is read.
     */
    static BpmnModelInstance of(Tier tier) {
        BpmnModelInstance frame = Objects.requireNonNull(READ.get(tier));
        synchronized (frame) {
            return frame.clone();
        }
    }

    private static BpmnModelInstance read(Tier tier) {
        String path = "/bpmn-templates/tiers/" + tier.name().toLowerCase(Locale.ROOT) + ".frame.xml";
        try (InputStream template = TierFrames.class.getResourceAsStream(path)) {
            if (template == null) {
                throw new IllegalStateException("bug: no frame " + path);
            }
            String frame = new String(template.readAllBytes(), StandardCharsets.UTF_8);
            return Bpmn.readModelFromStream(
                    new ByteArrayInputStream(unprefixed(frame).getBytes(StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Elements made by the model API have no prefix: the frame's get none either, and no blanks between them. */
    private static String unprefixed(String frame) {
        return frame.replaceAll("(</?)bpmn:", "$1")
                .replace("xmlns:bpmn=", "xmlns=")
                .replace("\"bpmn:tFormalExpression\"", "\"tFormalExpression\"")
                .replaceAll(">\\s+<", "><");
    }
}
