package ai.fastn.camunda.flow;

import com.github.weisj.jsvg.SVGDocument;
import com.github.weisj.jsvg.parser.LoaderContext;
import com.github.weisj.jsvg.parser.SVGLoader;
import com.github.weisj.jsvg.view.FloatSize;
import com.github.weisj.jsvg.view.ViewBox;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import javax.imageio.ImageIO;
import org.jspecify.annotations.Nullable;

/** The picture of a BPMN process: shapes and lines as its diagram places them, coloured by kind of step. */
public final class Diagram {

    /** Pixels of the image for one of the diagram: sharp on screens of today. */
    private static final double SHARP = 2;

    /** About 100 MB in memory. */
    private static final double MOST_PIXELS = 25_000_000;

    private static final int LONGEST_SIDE = 30_000;

    private final Picture picture;

    private Diagram(Picture picture) {
        this.picture = picture;
    }

    /**
     * Reads the first diagram of a BPMN file; a file without one is drawn in columns.
     *
     * @throws IllegalArgumentException when the text is not well-formed XML
     */
    public static Diagram read(String bpmnXml) {
        return new Diagram(Picture.of(BpmnFile.parse(bpmnXml)));
    }

    /** As SVG, with title and description for screen readers. */
    public String svg() {
        return SvgWriter.write(picture);
    }

    /**
     * As PNG, two pixels for one of the diagram; larger diagrams with fewer. Lines with letters that we have no outline
     * of (Chinese, for example) are drawn with the fonts of the server.
     */
    public byte[] png() {
        SVGDocument document = document();
        FloatSize size = document.size();
        double scale = Math.min(
                Math.min(SHARP, Math.sqrt(MOST_PIXELS / Math.max(1, (double) size.width * size.height))),
                LONGEST_SIDE / Math.max(1.0, Math.max(size.width, size.height)));
        int width = Math.max(1, (int) (size.width * scale));
        int height = Math.max(1, (int) (size.height * scale));
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        try {
            graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
            graphics.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
            document.render(null, graphics, new ViewBox(width, height));
        } finally {
            graphics.dispose();
        }
        return encoded(image);
    }

    private SVGDocument document() {
        @Nullable SVGDocument document = new SVGLoader()
                .load(
                        new ByteArrayInputStream(
                                SvgWriter.writeOutlined(picture).getBytes(StandardCharsets.UTF_8)),
                        null,
                        LoaderContext.createDefault());
        if (document == null) {
            throw new IllegalStateException("bug: the SVG of a process is not readable");
        }
        return document;
    }

    private static byte[] encoded(BufferedImage image) {
        try {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            ImageIO.write(image, "png", bytes);
            return bytes.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
