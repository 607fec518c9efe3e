package ai.fastn.camunda.cockpit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ServiceLoader;
import java.util.zip.GZIPInputStream;
import org.camunda.bpm.cockpit.plugin.spi.CockpitPlugin;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The files of the pages: which are served, as what, for how long, packed or not. */
class FastnAssetsResourceTest {

    private static final String EXAMPLE = "example-webapp/";

    @Test
    void cockpitFindsThePluginByServiceLoader() {
        assertThat(ServiceLoader.load(CockpitPlugin.class))
                .filteredOn(plugin -> plugin instanceof FastnCockpitPlugin)
                .singleElement()
                .satisfies(plugin -> {
                    assertThat(plugin.getId()).isEqualTo("fastn");
                    assertThat(plugin.getResourceClasses()).containsExactly(FastnAssetsResource.class);
                });
    }

    @Test
    void theOverrideRepeatsTheAnnotationsThatItWouldLose() throws NoSuchMethodException {
        var method = FastnAssetsResource.class.getMethod("getAsset", String.class);
        assertThat(method.isAnnotationPresent(GET.class)).isTrue();
        assertThat(method.getAnnotation(Path.class).value()).isEqualTo("/static/{file:.*}");
        assertThat(FastnAssetsResource.class.getAnnotation(Path.class).value()).isEqualTo("plugin/fastn");
    }

    @ParameterizedTest
    @CsvSource({
        "app/plugin.js, text/javascript",
        "app/plugin.css, text/css",
        "app/chunks/page-Ab_1-x.js, text/javascript",
        "app/assets/mono-1.woff2, font/woff2",
        "app/assets/icon-1.svg, image/svg+xml"
    })
    void servesAFileOfThePagesWithItsType(String file, String type) {
        Response answer = asset(EXAMPLE, file, null);
        assertThat(answer.getStatus()).isEqualTo(200);
        assertThat(answer.getMediaType()).hasToString(type);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "app/build.json",
                "app/assets/worker.exe",
                "app/chunks/page-Ab_1-x.js.gz",
                "app/chunks/gone-1.js",
                "app/chunks/../plugin.js",
                "app/chunks//page-Ab_1-x.js",
                "app/../../../application.yaml",
                "plugin.js",
                ""
            })
    void refusesEverythingElse(String file) {
        assertThat(asset(EXAMPLE, file, "gzip").getStatus()).isEqualTo(404);
    }

    @Test
    void hashedFilesAreKeptForAYearAndTheEntryIsAskedForEachTime() {
        assertThat(asset(EXAMPLE, "app/chunks/page-Ab_1-x.js", null).getHeaderString(HttpHeaders.CACHE_CONTROL))
                .isEqualTo("private, max-age=31536000, immutable");
        assertThat(asset(EXAMPLE, "app/plugin.js", null).getHeaderString(HttpHeaders.CACHE_CONTROL))
                .isEqualTo("no-cache");
        assertThat(asset(EXAMPLE, "app/plugin.css", null).getHeaderString(HttpHeaders.CACHE_CONTROL))
                .isEqualTo("no-cache");
    }

    @Test
    void sendsThePackedFileToABrowserThatTakesIt() throws IOException {
        Response answer = asset(EXAMPLE, "app/chunks/page-Ab_1-x.js", "gzip, deflate, br");
        assertThat(answer.getHeaderString(HttpHeaders.CONTENT_ENCODING)).isEqualTo("gzip");
        assertThat(answer.getHeaderString(HttpHeaders.VARY)).isEqualTo("Accept-Encoding");
        var packed = new ByteArrayInputStream(body(answer));
        assertThat(new GZIPInputStream(packed).readAllBytes()).asString().isEqualTo("packed");
    }

    @Test
    void sendsThePlainFileToEveryoneElse() throws IOException {
        Response answer = asset(EXAMPLE, "app/chunks/page-Ab_1-x.js", null);
        assertThat(answer.getHeaderString(HttpHeaders.CONTENT_ENCODING)).isNull();
        assertThat(body(answer)).asString().isEqualTo("export {};");
        Response unpacked = asset(EXAMPLE, "app/plugin.js", "gzip");
        assertThat(unpacked.getHeaderString(HttpHeaders.CONTENT_ENCODING)).isNull();
        assertThat(body(unpacked)).asString().isEqualTo("export default [1];");
    }

    @Test
    void aJarWithoutThePagesAnswersAnEmptyPluginBecauseCockpitWouldStayBlankOtherwise() {
        Response answer = asset("no-webapp/", "app/plugin.js", "gzip");
        assertThat(answer.getStatus()).isEqualTo(200);
        assertThat(answer.getEntity()).isEqualTo("export default [];");
        assertThat(answer.getMediaType()).hasToString("text/javascript");
        assertThat(answer.getHeaderString(HttpHeaders.CACHE_CONTROL)).isEqualTo("no-store");
        assertThat(asset("no-webapp/", "app/plugin.css", null).getStatus()).isEqualTo(404);
    }

    private static Response asset(String folder, String file, @Nullable String acceptEncoding) {
        HttpHeaders headers = mock();
        when(headers.getHeaderString(HttpHeaders.ACCEPT_ENCODING)).thenReturn(acceptEncoding);
        return new FastnAssetsResource(folder, headers).getAsset(file);
    }

    private static byte[] body(Response answer) throws IOException {
        var bytes = new ByteArrayOutputStream();
        ((StreamingOutput) answer.getEntity()).write(bytes);
        return bytes.toByteArray();
    }
}
