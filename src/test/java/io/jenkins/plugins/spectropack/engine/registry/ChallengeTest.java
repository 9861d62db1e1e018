package io.jenkins.plugins.spectropack.engine.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The forms of challenges that RFC 7235 allows. */
class ChallengeTest {

    private static List<Challenge> parse(String... headers) {
        return Challenge.parse(List.of(headers));
    }

    @Test
    void parametersAreQuotedOrNotAndNamesAreInAnyCase() {
        assertThat(parse("BEARER Realm=\"https://r.example/token?a=b,c\" , SERVICE=r.example,scope=\"a \\\"b\\\"\""))
                .containsExactly(new Challenge(
                        "bearer",
                        Map.of("realm", "https://r.example/token?a=b,c", "service", "r.example", "scope", "a \"b\"")));
    }

    @Test
    void oneHeaderMayHoldSeveralChallengesAndSoMaySeveralHeaders() {
        assertThat(parse("Basic realm=\"x\", Bearer realm=\"https://r.example\"", "Negotiate"))
                .extracting(Challenge::scheme)
                .containsExactly("basic", "bearer", "negotiate");
    }

    @Test
    void whatIsMalformedIsNoChallenge() {
        assertThat(parse("", " , ", "=x")).isEmpty();
        assertThat(parse("Bearer realm=\"https://r.example")).hasSize(1);
        assertThat(parse("Basic").get(0).parameter("realm")).isEmpty();
    }
}
