package dev.merapi.testing.system.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The real script in a checkout of its own, with JDKs and a Maven that only tell how they were called: what it decides
 * is seen without building anything.
 */
final class LauncherTest {
    private static final Path SCRIPT = Path.of("../../merapi").toAbsolutePath().normalize();
    private static final String SENTENCE = "merapi: Merapi needs JDK 21 or newer and ";

    @TempDir
    Path folder;

    private Path checkout;

    @BeforeEach
    void a_checkout_that_is_built() throws IOException {
        checkout = Files.createDirectory(folder.resolve("a checkout"));
        Files.copy(SCRIPT, checkout.resolve("merapi"));
        executable(checkout.resolve("merapi"));
        write("pom.xml", "<project/>");
        write("store/pom.xml", "<project/>");
        write("store/src/main/java/Store.java", "class Store {}");
        write("apps/cli/pom.xml", "<project/>");
        write("apps/cli/src/main/java/Main.java", "class Main {}");
        write("apps/cli/target/lib/merapi-cli.jar", "");
        write("apps/cli/target/built", "");
        later("apps/cli/target/built", 10);
    }

    @Test
    void the_program_gets_the_arguments_as_they_were_given() throws Exception {
        Outcome outcome = run(jdk("25.0.3"), "sql", "SELECT 'a  b' AS \"c\"", "");

        assertThat(outcome.code()).isZero();
        assertThat(outcome.out())
                .endsWith("<-cp>\n<" + checkout + "/apps/cli/target/lib/*>\n<dev.merapi.cli.Main>\n<sql>\n"
                        + "<SELECT 'a  b' AS \"c\">\n<>\n");
        assertThat(outcome.err()).isEmpty();
    }

    @Test
    void the_exit_code_is_that_of_the_program() throws Exception {
        assertThat(run(jdk("25"), "exit-42").code()).isEqualTo(42);
    }

    @Test
    void it_works_from_any_folder_and_through_symbolic_links() throws Exception {
        Path links = Files.createDirectory(folder.resolve("links"));
        Files.createSymbolicLink(links.resolve("absolute"), checkout.resolve("merapi"));
        Files.createSymbolicLink(links.resolve("merapi"), Path.of("absolute"));

        Outcome outcome = start(links.resolve("merapi"), Path.of("/"), jdk("25"), "version");

        assertThat(outcome.out()).contains("<" + checkout + "/apps/cli/target/lib/*>");
    }

    @Test
    void a_jdk_that_is_too_old_gets_one_clear_sentence() throws Exception {
        Outcome outcome = run(jdk("17.0.15"), "demo");

        assertThat(outcome.code()).isEqualTo(69);
        assertThat(outcome.out()).isEmpty();
        assertThat(outcome.err())
                .isEqualTo(SENTENCE + "the newest found on this machine is 17: install one (any vendor), or point "
                        + "JAVA_HOME to it, and run the same command again.\n");
    }

    @Test
    void no_jdk_at_all_gets_that_sentence_too() throws Exception {
        Outcome outcome = run(folder.resolve("nothing"), "demo");

        assertThat(outcome.code()).isEqualTo(69);
        assertThat(outcome.err())
                .startsWith(SENTENCE + "none was found: install one")
                .hasLineCount(1);
    }

    @Test
    void twenty_one_is_new_enough_and_spared_what_it_does_not_know() throws Exception {
        Outcome outcome = run(jdk("21"), "serve");

        assertThat(outcome.code()).isZero();
        assertThat(outcome.out())
                .contains("<-XX:+UseZGC>\n<-XX:+ZGenerational>")
                .doesNotContain("CompactObjectHeaders", "sun-misc-unsafe");
    }

    @Test
    void short_commands_start_quickly_and_servers_pause_briefly() throws Exception {
        assertThat(run(jdk("25"), "serve").out())
                .contains("<-XX:+UseZGC>", "<-XX:+UseCompactObjectHeaders>")
                .doesNotContain("<-XX:+ZGenerational>");
        assertThat(run(jdk("25"), "sql").out()).contains("<-XX:+UseSerialGC>", "<-XX:TieredStopAtLevel=1>");
    }

    @Test
    void nothing_is_built_when_nothing_changed() throws Exception {
        later("store/src/main/java/Store.java", 5);

        assertThat(run(jdk("25"), "version").out()).doesNotContain("mvn");
    }

    @Test
    void a_changed_source_is_built_first_and_once() throws Exception {
        later("store/src/main/java/Store.java", 20);

        Outcome first = run(jdk("25"), "version");
        later("store/src/main/java/Store.java", 0);
        Outcome second = run(jdk("25"), "version");

        assertThat(first.err()).isEqualTo("merapi: building (only after a change of the sources) ...\n");
        assertThat(Files.readString(folder.resolve("mvn.log")))
                .isEqualTo("-B -ntp -q -Dmaven.test.skip -pl apps/cli -am package in " + checkout + "\n");
        assertThat(second.err()).isEmpty();
    }

    @Test
    void a_source_that_went_away_counts_as_a_change() throws Exception {
        Files.delete(checkout.resolve("store/src/main/java/Store.java"));
        later("store/src/main/java", 20);

        assertThat(run(jdk("25"), "version").err()).contains("building");
    }

    @Test
    void a_failed_build_shows_why_and_is_tried_again() throws Exception {
        later("pom.xml", 20);
        write("store/broken", "");

        Outcome first = run(jdk("25"), "version");
        Files.delete(checkout.resolve("store/broken"));
        Outcome second = run(jdk("25"), "version");

        assertThat(first.code()).isEqualTo(70);
        assertThat(first.err()).contains("this does not compile\n", "merapi: the build failed, see above");
        assertThat(second.code()).isZero();
        assertThat(second.err()).contains("building");
    }

    @Test
    void further_options_reach_the_jvm() throws Exception {
        Outcome outcome = start(
                checkout.resolve("merapi"),
                folder,
                Map.of("MERAPI_JAVA_HOME", jdk("25").toString(), "MERAPI_JAVA_OPTS", "-Xmx8g -Da=b"),
                "serve");

        assertThat(outcome.out()).contains("<-Xmx8g>\n<-Da=b>\n<-cp>");
    }

    /** A JDK by its release file; its java prints what it was given. */
    private Path jdk(String version) throws IOException {
        Path home = Files.createDirectories(folder.resolve("jdk-" + version));
        Files.writeString(home.resolve("release"), "IMPLEMENTOR=\"x\"\nJAVA_VERSION=\"" + version + "\"\n");
        Path java = Files.createDirectories(home.resolve("bin")).resolve("java");
        Files.writeString(java, """
            #!/bin/sh
            printf '<%s>\\n' "$@"
            case "$*" in *exit-42) exit 42 ;; esac
            """);
        executable(java);
        return home;
    }

    private Outcome run(Path jdk, String... arguments) throws Exception {
        return start(checkout.resolve("merapi"), folder, jdk, arguments);
    }

    private Outcome start(Path script, Path from, Path jdk, String... arguments) throws Exception {
        return start(script, from, Map.of("MERAPI_JAVA_HOME", jdk.toString()), arguments);
    }

    private Outcome start(Path script, Path from, Map<String, String> settings, String... arguments) throws Exception {
        Path tools = Files.createDirectories(folder.resolve("tools"));
        Files.writeString(tools.resolve("mvn"), """
            #!/bin/sh
            echo "$* in $PWD" >>'%s/mvn.log'
            if [ -e store/broken ]; then echo 'this does not compile'; exit 1; fi
            mkdir -p apps/cli/target/lib
            """.formatted(folder));
        executable(tools.resolve("mvn"));
        Path out = folder.resolve("out");
        Path err = folder.resolve("err");
        ProcessBuilder builder =
                new ProcessBuilder(Stream.concat(Stream.of(script.toString()), List.of(arguments).stream())
                        .toList());
        builder.directory(from.toFile()).redirectOutput(out.toFile()).redirectError(err.toFile());
        builder.environment().putAll(settings);
        builder.environment().merge("PATH", tools.toString(), (path, first) -> first + ":" + path);
        Process process = builder.start();
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return new Outcome(process.exitValue(), Files.readString(out), Files.readString(err));
    }

    private void write(String file, String text) throws IOException {
        Path path = checkout.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
        later(file, 0);
        for (Path up = path.getParent(); up.startsWith(checkout); up = up.getParent()) {
            Files.setLastModifiedTime(up, at(0));
        }
    }

    private void later(String file, int seconds) throws IOException {
        Files.setLastModifiedTime(checkout.resolve(file), at(seconds));
    }

    /** Times of the past, so that what the script itself makes is newer than all of them. */
    private static FileTime at(int seconds) {
        return FileTime.from(Instant.parse("2026-01-01T00:00:00Z").plusSeconds(seconds));
    }

    private static void executable(Path file) throws IOException {
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private record Outcome(int code, String out, String err) {}
}
