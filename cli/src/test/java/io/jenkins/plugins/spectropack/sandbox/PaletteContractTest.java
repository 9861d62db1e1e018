package io.jenkins.plugins.spectropack.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** That the contract with Palette finds what is wrong, and that the fake of Palette is held to it in every test. */
class PaletteContractTest {

    private static final PublishedPaletteContract CONTRACT = new PublishedPaletteContract();

    private static byte[] json(String text) {
        return (text == null ? "" : text.replace('\'', '"')).getBytes(StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            nullValues = "-",
            value = {
                "GET | /v1/registries/oci/summary | - | - | 200 | {'items': []} | -",
                "GET | /v1/registries/oci/summary | - | - | 200 | {'items': [{'x': 1}]} | answer 200",
                "GET | /v1/registries/oci/summary | - | - | 200 | {} | answer 200",
                "GET | /v1/registries/oci/summary | - | - | 201 | {'items': []} | status 201",
                "GET | /v1/registries/oci/summary | a=1 | - | 200 | {'items': []} | no parameter",
                "GET | /v1/registries/oci/summary | - | - | 401 | {'code': 'X', 'message': 'y'} | -",
                "GET | /v1/registries/oci/summary | - | - | 401 | no | not JSON",
                "PUT | /v1/registries/oci/summary | - | - | 200 | {} | no call",
                "GET | /v1/registries | - | - | 200 | {} | no call",
                "POST | /v1/registries/oci/u/ecr/sync | - | - | 202 | - | -",
                "POST | /v1/registries/oci/u/ecr/sync | forceSync=maybe | - | 202 | - | boolean",
                "POST | /v1/registries/oci/u/ecr/sync | - | {} | 202 | - | none is described",
                "POST | /v1/registries/oci/ecr/validate | - | {'endpoint': 'x', 'isPrivate': true} | 204 | - | -",
                "POST | /v1/registries/oci/ecr/validate | - | {'endpoint': 'x'} | 204 | - | request",
                "POST | /v1/registries/oci/ecr | skipPackSync=true | {'metadata': {'name': 'a'},"
                        + " 'spec': {'endpoint': 'x', 'isPrivate': true}} | 201 | {'uid': 'u'} | -",
                "POST | /v1/registries/oci/ecr | skipPackSync=7 | {'metadata': {'name': 'a'},"
                        + " 'spec': {'endpoint': 'x', 'isPrivate': true}} | 201 | {'uid': 'u'} | boolean",
                "GET | /v1/clouds/aws/account/sts | partition=mars | - | 200 | {} | enumeration",
            })
    void contractJudges(
            String method, String path, String query, String request, int status, String answer, String said) {
        Optional<String> breach =
                CONTRACT.breach(method, path, query == null ? "" : query, json(request), status, json(answer));
        if (said == null) {
            assertThat(breach).isEmpty();
        } else {
            assertThat(breach).hasValueSatisfying(text -> assertThat(text).contains(said));
        }
    }

    @Test
    void whatBreaksTheContractFailsTheTest() throws Exception {
        PaletteSandbox palette = PaletteSandbox.start();
        HttpRequest wrong = HttpRequest.newBuilder(palette.uri().resolve("/v1/registries/oci/summary?limit=7"))
                .header("ApiKey", palette.apiKey())
                .build();
        HttpResponse<String> answer = HttpClient.newHttpClient().send(wrong, HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).isEqualTo(500);
        assertThatThrownBy(palette::close)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("there is no parameter 'limit=7'");
    }
}
