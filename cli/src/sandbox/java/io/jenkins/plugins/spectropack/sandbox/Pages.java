package io.jenkins.plugins.spectropack.sandbox;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Cuts long lists into pages. Source: ECR API reference, "maxResults" and "nextToken": 100 a page unless asked for another number. */
final class Pages {

    private static final int DEFAULT = 100;

    private volatile int most = Integer.MAX_VALUE;

    /** No page is longer, whatever is asked for. */
    void most(int elements) {
        most = elements;
    }

    int size(int asked) {
        return Math.min(asked, most);
    }

    /** The page that a request of the API asks for. */
    Map<String, Object> page(JsonNode input, String key, List<?> elements) throws ApiError {
        int size = size(input.path("maxResults").asInt(DEFAULT));
        String token = input.path("nextToken").asString("0");
        if (!token.matches("[0-9]{1,9}")) {
            throw ApiError.invalidParameter("nextToken", "it is not one that was given");
        }
        int start = Math.min(Integer.parseInt(token), elements.size());
        int end = Math.min(start + size, elements.size());
        Map<String, Object> page = new LinkedHashMap<>();
        page.put(key, elements.subList(start, end));
        if (end < elements.size()) {
            page.put("nextToken", Integer.toString(end));
        }
        return page;
    }
}
