package ai.fastn.camunda.cockpit;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.InputStream;
import java.net.URL;
import java.util.regex.Pattern;
import org.camunda.bpm.cockpit.plugin.resource.AbstractCockpitPluginRootResource;
import org.jspecify.annotations.Nullable;

/** Serves the files of our pages: the two that Cockpit asks for, and the hashed ones that they load later. */
@Path("plugin/" + FastnCockpitPlugin.ID)
public class FastnAssetsResource extends AbstractCockpitPluginRootResource {

    private static final String ENTRY = "app/plugin.js";
    private static final Pattern ASSET =
            Pattern.compile("app/(plugin\\.(js|css)|(chunks|assets)/[A-Za-z0-9_-]+\\.(js|css|svg|json|woff2))");

    private final String folder;

    public FastnAssetsResource() {
        this("plugin-webapp/" + FastnCockpitPlugin.ID + "/");
    }

    private FastnAssetsResource(String folder) {
        super(FastnCockpitPlugin.ID);
        this.folder = folder;
    }

    /** Outside Cockpit, where nothing injects {@code headers}. */
    FastnAssetsResource(String folder, HttpHeaders headers) {
        this(folder);
        this.headers = headers;
    }

    /** The annotations are repeated because an override with any of them loses the inherited ones. */
    @Override
    @GET
    @Path("/static/{file:.*}")
    public Response getAsset(@PathParam("file") String file) {
        if (!ASSET.matcher(file).matches()) {
            return Response.status(Response.Status.NOT_FOUND).build();
        }
        URL plain = resource(file);
        if (plain == null) {
            return missing(file);
        }
        URL packed = takesGzip() ? resource(file + ".gz") : null;
        Response.ResponseBuilder answer = Response.ok(stream(packed == null ? plain : packed), getContentType(file))
                .header(HttpHeaders.CACHE_CONTROL, caching(file))
                .header(HttpHeaders.VARY, HttpHeaders.ACCEPT_ENCODING);
        return packed == null
                ? answer.build()
                : answer.header(HttpHeaders.CONTENT_ENCODING, "gzip").build();
    }

    /** A jar that was built without the pages must not blank Cockpit, which fails on a plugin.js that is missing. */
    private static Response missing(String file) {
        if (!file.equals(ENTRY)) {
            return Response.status(Response.Status.NOT_FOUND).build();
        }
        return Response.ok("export default [];", MIME_TYPE_TEXT_JAVASCRIPT)
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .build();
    }

    @Override
    protected String getContentType(String file) {
        return switch (file.substring(file.lastIndexOf('.') + 1)) {
            case "js" -> MIME_TYPE_TEXT_JAVASCRIPT;
            case "css" -> MIME_TYPE_TEXT_CSS;
            case "svg" -> "image/svg+xml";
            case "json" -> "application/json";
            case "woff2" -> "font/woff2";
            default -> MIME_TYPE_TEXT_PLAIN;
        };
    }

    /** Cockpit asks for plugin.js and plugin.css under names that never change; all other names carry a hash. */
    private static String caching(String file) {
        return file.startsWith("app/plugin.") ? "no-cache" : "private, max-age=31536000, immutable";
    }

    private boolean takesGzip() {
        String accepted = headers.getHeaderString(HttpHeaders.ACCEPT_ENCODING);
        return accepted != null && accepted.contains("gzip");
    }

    private @Nullable URL resource(String file) {
        return FastnAssetsResource.class.getClassLoader().getResource(folder + file);
    }

    private static StreamingOutput stream(URL resource) {
        return output -> {
            try (InputStream input = resource.openStream()) {
                input.transferTo(output);
            }
        };
    }
}
