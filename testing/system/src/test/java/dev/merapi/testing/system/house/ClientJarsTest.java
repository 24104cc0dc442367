package dev.merapi.testing.system.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The SDK stays lean: an application gets the client, what it is built on, and at most three jars of others. */
final class ClientJarsTest {
    private static final Pattern DEPENDENCY = Pattern.compile("<dependency>(.*?)</dependency>", Pattern.DOTALL);
    private static final Pattern ARTIFACT = Pattern.compile("<artifactId>([^<]+)</artifactId>");
    private static final Pattern NOT_SHIPPED = Pattern.compile("<scope>(test|provided)</scope>|<optional>true");
    private static final String OURS = "merapi-";

    @Test
    void an_application_gets_three_jars_of_ours_and_at_most_three_of_others() {
        Set<String> jars = new LinkedHashSet<>();
        collect(inherited(), jars);
        collect(Project.read(Path.of("client", "pom.xml")), jars);

        assertThat(jars).filteredOn(jar -> jar.startsWith(OURS)).containsExactlyInAnyOrder("merapi-api", "merapi-wire");
        assertThat(jars).filteredOn(jar -> !jar.startsWith(OURS)).hasSizeLessThanOrEqualTo(3);
    }

    /** Others' jars are told by name only: those we use bring none of their own. */
    private static void collect(String pom, Set<String> jars) {
        Matcher dependency = DEPENDENCY.matcher(pom);
        while (dependency.find()) {
            Matcher artifact = ARTIFACT.matcher(dependency.group(1));
            assertThat(artifact.find()).isTrue();
            boolean shipped = !NOT_SHIPPED.matcher(dependency.group(1)).find();
            if (shipped && jars.add(artifact.group(1)) && artifact.group(1).startsWith(OURS)) {
                collect(Project.read(Path.of(artifact.group(1).substring(OURS.length()), "pom.xml")), jars);
            }
        }
    }

    /** What every module has: between the versions of all libraries and the plugins of the build. */
    private static String inherited() {
        String pom = Project.read(Path.of("pom.xml"));
        return pom.substring(pom.indexOf("</dependencyManagement>"), pom.indexOf("<build>"));
    }
}
