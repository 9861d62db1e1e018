package io.jenkins.plugins.spectropack.result;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.StaplerResponse2;
import tools.jackson.databind.json.JsonMapper;

/** The rows of a page's table as JSON, for the page's own script. */
final class RowsResponse implements HttpResponse {

    private final Map<String, Object> answer;

    /**
     * Takes the rows.
     *
     * @param building whether more may come
     * @param paletteUsed whether there is anything to show of Palette
     */
    RowsResponse(boolean building, boolean paletteUsed, List<Map<String, Object>> rows) {
        answer = Map.of("building", building, "paletteUsed", paletteUsed, "rows", rows);
    }

    @Override
    public void generateResponse(StaplerRequest2 request, StaplerResponse2 response, Object node) throws IOException {
        response.setContentType("application/json");
        response.setCharacterEncoding(StandardCharsets.UTF_8.name());
        response.setHeader("Cache-Control", "no-store");
        response.getWriter().write(JsonMapper.shared().writeValueAsString(answer));
    }
}
