package dev.merapi.testing.system.house;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * The rooms that keep and derive are passive: they do bounded work when called, and somebody else decides which thread
 * calls, what time it is and what chance brings. That is what makes them testable step by step and simulatable from
 * one seed.
 */
final class PassiveRoomsTest {
    private static final String[] PASSIVE = {
        "dev.merapi.api..", "dev.merapi.store..", "dev.merapi.query..", "dev.merapi.wire.."
    };

    /** Methods that ask the world outside. A star stands for all methods of the class. */
    private static final Map<String, Set<String>> CLOCK_AND_CHANCE = Map.ofEntries(
            Map.entry("java.time.Instant", Set.of("now")),
            Map.entry("java.time.LocalDate", Set.of("now")),
            Map.entry("java.time.LocalTime", Set.of("now")),
            Map.entry("java.time.LocalDateTime", Set.of("now")),
            Map.entry("java.time.OffsetDateTime", Set.of("now")),
            Map.entry("java.time.ZonedDateTime", Set.of("now")),
            Map.entry("java.time.Year", Set.of("now")),
            Map.entry("java.time.InstantSource", Set.of("system")),
            Map.entry(
                    "java.time.Clock", Set.of("system", "systemUTC", "systemDefaultZone", "tickMillis", "tickSeconds")),
            Map.entry("java.time.ZoneId", Set.of("systemDefault")),
            Map.entry("java.lang.System", Set.of("currentTimeMillis", "nanoTime", "getenv")),
            Map.entry("java.lang.Math", Set.of("random")),
            Map.entry("java.lang.StrictMath", Set.of("random")),
            Map.entry("java.util.UUID", Set.of("randomUUID")),
            Map.entry("java.util.concurrent.ThreadLocalRandom", Set.of("*")),
            Map.entry("java.security.SecureRandom", Set.of("*")),
            Map.entry("java.util.random.RandomGenerator", Set.of("getDefault", "of")));

    /** Which thread runs is a fair question, for an assertion about ownership; making or stopping threads is not. */
    private static final Set<String> ALLOWED_OF_THREAD =
            Set.of("currentThread", "getName", "threadId", "isInterrupted", "onSpinWait", "holdsLock");

    private static final Set<String> RUNNING_OR_BLOCKING = Set.of(
            "java.util.Timer",
            "java.util.concurrent.Executors",
            "java.util.concurrent.ExecutorService",
            "java.util.concurrent.ForkJoinPool",
            "java.util.concurrent.CountDownLatch",
            "java.util.concurrent.CyclicBarrier",
            "java.util.concurrent.Phaser",
            "java.util.concurrent.Semaphore",
            "java.util.concurrent.Exchanger");

    private static final DescribedPredicate<JavaClass> WAITING_OR_RUNNING = describe(
            "run or block threads",
            type -> RUNNING_OR_BLOCKING.contains(type.getName())
                    || type.getName().startsWith("java.util.concurrent.locks.")
                    || type.getName().matches("java[.]util[.]concurrent[.].*(Blocking|Transfer).*"));

    @Test
    void time_and_chance_are_handed_in() {
        noClasses()
                .that()
                .resideInAnyPackage(PASSIVE)
                .should()
                .callCodeUnitWhere(describe("ask for time or chance", PassiveRoomsTest::asksForTimeOrChance))
                .because("they arrive through constructors (InstantSource, LongSupplier, RandomGenerator), so that a"
                        + " test decides them and a seed repeats a failure")
                .check(MainClasses.ALL);
    }

    @Test
    void threads_are_made_elsewhere() {
        noThreads(PASSIVE).check(MainClasses.ALL);
    }

    @Test
    void nothing_waits_for_a_lock() {
        noMethods()
                .that()
                .areDeclaredInClassesThat()
                .resideInAnyPackage(PASSIVE)
                .should()
                .haveModifier(JavaModifier.SYNCHRONIZED)
                .because("each mutable object has one owning thread, and readers see published values")
                .check(MainClasses.ALL);

        List<String> blocks = new ArrayList<>();
        for (JavaSource source : JavaSource.main()) {
            boolean passive = source.isIn("dev/merapi/api")
                    || source.isIn("dev/merapi/store")
                    || source.isIn("dev/merapi/query")
                    || source.isIn("dev/merapi/wire");
            if (passive) {
                source.synchronizedBlocks().forEach(line -> blocks.add(source.file() + ":" + line));
            }
        }
        Project.hold(
                "A passive room takes no monitor: each mutable object has one owning thread, and readers see published "
                        + "values.",
                blocks);
    }

    @Test
    void the_network_is_elsewhere() {
        noClasses()
                .that()
                .resideInAnyPackage(PASSIVE)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.net..", "java.nio.channels..", "javax.net..", "io.netty..")
                .because("who asks and who listens is the server's business")
                .check(new WithoutFileStorage().classes());
    }

    @Test
    void files_are_touched_by_the_storage_of_the_log_only() {
        noClasses()
                .that()
                .resideInAnyPackage("dev.merapi.api..", "dev.merapi.query..", "dev.merapi.wire..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.nio.file..")
                .orShould()
                .dependOnClassesThat(describe(
                        "are file classes",
                        type -> type.getName().startsWith("java.io.File")
                                || type.getName().equals("java.io.RandomAccessFile")))
                .because("names, queries and messages live in memory")
                .check(MainClasses.ALL);
    }

    @Test
    void the_rules_see_what_they_forbid() {
        JavaClasses example = new ClassFileImporter().importClasses(Forbidden.class);

        ArchRule time = noClasses()
                .should()
                .callCodeUnitWhere(describe("ask for time or chance", PassiveRoomsTest::asksForTimeOrChance));
        ArchRule threads = noThreads("dev.merapi.testing.system.house..");

        assertThat(time.evaluate(example).getFailureReport().getDetails()).hasSize(2);
        assertThat(threads.evaluate(example).getFailureReport().getDetails()).isNotEmpty();
    }

    private static ArchRule noThreads(String... packages) {
        return noClasses()
                .that()
                .resideInAnyPackage(packages)
                .should()
                .callCodeUnitWhere(describe("make, stop or stall a thread", PassiveRoomsTest::handlesThreads))
                .orShould()
                .dependOnClassesThat(WAITING_OR_RUNNING)
                .because("work is a method; which thread runs it is somebody else's choice")
                .allowEmptyShould(true);
    }

    private static boolean asksForTimeOrChance(JavaCall<?> call) {
        String owner = call.getTargetOwner().getName();
        String name = call.getName();
        Set<String> forbidden = CLOCK_AND_CHANCE.getOrDefault(owner, Set.of());
        boolean unseeded = name.equals("<init>")
                && call.getTarget().getRawParameterTypes().isEmpty()
                && Set.of("java.util.Random", "java.util.SplittableRandom", "java.util.Date")
                        .contains(owner);
        return unseeded || forbidden.contains(name) || forbidden.contains("*");
    }

    private static boolean handlesThreads(JavaCall<?> call) {
        boolean ofThread = call.getTargetOwner().isAssignableTo(Thread.class);
        boolean ofMonitor = call.getTargetOwner().isEquivalentTo(Object.class)
                && Set.of("wait", "notify", "notifyAll").contains(call.getName());
        return ofMonitor || (ofThread && !ALLOWED_OF_THREAD.contains(call.getName()));
    }

    /** File channels share a package with sockets; the storage of the log may have them. */
    private record WithoutFileStorage() {
        JavaClasses classes() {
            return MainClasses.ALL.that(describe(
                    "are not file storage",
                    type -> !type.getPackageName().startsWith("dev.merapi.store.log")
                            && !type.getPackageName().startsWith("dev.merapi.store.checkpoint")));
        }
    }

    /** What must not pass: proof that the rules above can fail. */
    private static final class Forbidden {
        @SuppressWarnings("UnusedMethod") // only its byte code is looked at
        static long sum() throws InterruptedException {
            Thread.sleep(1);
            return Instant.now().toEpochMilli() + new java.util.Random().nextLong();
        }
    }
}
