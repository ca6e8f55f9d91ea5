package io.grouppulse;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.vertx.core.AbstractVerticle;
import io.vertx.core.VerticleBase;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.Date;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.stream.Stream;

/** Which room may know which. Every rule has been seen red: a rule that cannot fail guards nothing. */
@AnalyzeClasses(packages = "io.grouppulse", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    private static final String ROOT = "io.grouppulse";
    private static final List<String> ROOMS = List.of(
            "access",
            "alert",
            "bus",
            "cli",
            "clock",
            "config",
            "domain",
            "eventlog",
            "http",
            "ingest",
            "nodes",
            "ops",
            "publish",
            "redis",
            "rollup",
            "windowing");
    private static final int FEWEST_CLASSES = 300;

    @ArchTest
    static void rules_ofEveryRoom_haveSeenItsClasses(JavaClasses seen) {
        assertThat(seen).hasSizeGreaterThan(FEWEST_CLASSES);
        assertThat(seen.stream().map(type -> roomOf(type.getPackageName())).distinct())
                .as("rooms, and the root")
                .containsExactlyInAnyOrderElementsOf(
                        Stream.concat(Stream.of(""), ROOMS.stream()).toList());
    }

    private static String roomOf(String packageName) {
        return packageName.equals(ROOT)
                ? ""
                : packageName.substring(ROOT.length() + 1).split("\\.", -1)[0];
    }

    // The domain: pure, and read bottom-up.

    @ArchTest
    static final ArchRule domain_knows_only_the_jdk_and_two_libraries = classes()
            .that()
            .resideInAPackage("io.grouppulse.domain..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "io.grouppulse.domain..",
                    "java.lang..",
                    "java.math..",
                    "java.nio.charset..",
                    "java.text..",
                    "java.time..",
                    "java.util",
                    "java.util.function..",
                    "java.util.regex..",
                    "java.util.stream..",
                    "org.agrona..",
                    "com.dynatrace.hash4j..",
                    "org.jspecify.annotations..")
            .because("it knows no Vert.x, JSON, file, socket or log");

    @ArchTest
    static final ArchRule domain_never_reads_a_clock = noClasses()
            .that()
            .resideInAPackage("io.grouppulse.domain..")
            .should()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(System.class, "nanoTime")
            .orShould()
            .callMethod(Instant.class, "now")
            .orShould()
            .callMethod(LocalDate.class, "now")
            .orShould()
            .callMethod(LocalDateTime.class, "now")
            .orShould()
            .callMethod(OffsetDateTime.class, "now")
            .orShould()
            .callMethod(ZonedDateTime.class, "now")
            .orShould()
            .callConstructor(Date.class)
            .orShould()
            .dependOnClassesThat()
            .areAssignableTo(Clock.class)
            .orShould()
            .dependOnClassesThat()
            .areAssignableTo(InstantSource.class)
            .because("T comes as an argument");

    @ArchTest
    static final ArchRule domain_rolls_only_seeded_dice = noClasses()
            .that()
            .resideInAPackage("io.grouppulse.domain..")
            .should()
            .callConstructor(Random.class)
            .orShould()
            .callConstructor(SplittableRandom.class)
            .orShould()
            .callMethod(Math.class, "random")
            .orShould()
            .callMethod(UUID.class, "randomUUID")
            .because("the same input gives the same numbers");

    @ArchTest
    static final ArchRule domain_starts_no_thread_and_takes_no_lock = noClasses()
            .that()
            .resideInAPackage("io.grouppulse.domain..")
            .should()
            .dependOnClassesThat()
            .areAssignableTo(Thread.class)
            .because("one shard owns its state");

    @ArchTest
    static final ArchRule domain_reads_bottom_up = layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .layer("saved")
            .definedBy("io.grouppulse.domain.saved..")
            .layer("event")
            .definedBy("io.grouppulse.domain.event..")
            .layer("time")
            .definedBy("io.grouppulse.domain.time..")
            .layer("window")
            .definedBy("io.grouppulse.domain.window..")
            .layer("signal")
            .definedBy("io.grouppulse.domain.signal..")
            .layer("group")
            .definedBy("io.grouppulse.domain.group..")
            .layer("people")
            .definedBy("io.grouppulse.domain.people..")
            .layer("org")
            .definedBy("io.grouppulse.domain.org..")
            .layer("attribution")
            .definedBy("io.grouppulse.domain.attribution..")
            .layer("rain")
            .definedBy("io.grouppulse.domain.rain..")
            .layer("buyers")
            .definedBy("io.grouppulse.domain.buyers..")
            .layer("reach")
            .definedBy("io.grouppulse.domain.reach..")
            .layer("alert")
            .definedBy("io.grouppulse.domain.alert..")
            .layer("simulate")
            .definedBy("io.grouppulse.domain.simulate..")
            .whereLayer("simulate")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("buyers")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("reach")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("alert")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("attribution")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("rain")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("people")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("org")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("group")
            .mayOnlyBeAccessedByLayers("org")
            .whereLayer("signal")
            .mayOnlyBeAccessedByLayers("group", "people", "org", "attribution", "reach")
            .whereLayer("window")
            .mayOnlyBeAccessedByLayers("signal", "group", "org")
            .whereLayer("time")
            .mayOnlyBeAccessedByLayers("window", "signal", "group", "org", "rain", "simulate")
            .whereLayer("event")
            .mayOnlyBeAccessedByLayers(
                    "time", "window", "signal", "group", "people", "org", "attribution", "rain", "reach", "simulate")
            .whereLayer("saved")
            .mayOnlyBeAccessedByLayers("event", "time", "window", "signal", "group", "org", "attribution");

    @ArchTest
    static final ArchRule signals_do_not_know_each_other =
            slices().matching("io.grouppulse.domain.signal.(*)..").should().notDependOnEachOther();

    @ArchTest
    static final ArchRule what_signals_share_knows_no_signal =
            mayKnow("io.grouppulse.domain.signal", ROOT + ".domain.(saved|event|time|window)..");

    // The rooms: arrows never turn back.

    @ArchTest
    static final ArchRule rooms_know_each_other_without_cycles =
            slices().matching("io.grouppulse.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule domain_knows_no_room = room("domain");

    @ArchTest
    static final ArchRule clock_knows_no_room = room("clock");

    @ArchTest
    static final ArchRule redis_knows_no_room = room("redis");

    @ArchTest
    static final ArchRule config_knows_domain_and_what_a_redis_address_is = room("config", "domain", "redis");

    @ArchTest
    static final ArchRule http_knows_domain = room("http", "domain");

    @ArchTest
    static final ArchRule access_knows_http = room("access", "http");

    @ArchTest
    static final ArchRule only_access_knows_signed_tokens = noClasses()
            .that()
            .resideOutsideOfPackage("io.grouppulse.access..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("com.nimbusds..");

    @ArchTest
    static final ArchRule ops_knows_domain = room("ops", "domain");

    @ArchTest
    static final ArchRule bus_knows_domain = room("bus", "domain");

    @ArchTest
    static final ArchRule eventlog_knows_domain_and_how_to_reach_redis = room("eventlog", "domain", "redis");

    @ArchTest
    static final ArchRule ingest_leads_to_the_eventlog =
            room("ingest", "domain", "eventlog", "clock", "ops", "http", "redis", "access");

    @ArchTest
    static final ArchRule windowing_leads_from_the_eventlog_to_the_bus =
            room("windowing", "domain", "eventlog", "bus", "clock", "ops");

    @ArchTest
    static final ArchRule rollup_leads_from_bus_to_bus = room("rollup", "domain", "bus", "eventlog");

    @ArchTest
    static final ArchRule publish_leads_from_the_bus = room("publish", "domain", "bus", "ops", "http", "access");

    @ArchTest
    static final ArchRule alert_reads_the_bus_and_the_health_of_sources =
            room("alert", "domain", "bus", "ops", "eventlog");

    @ArchTest
    static final ArchRule nodes_carries_the_bus_between_owners_of_shards =
            room("nodes", "domain", "eventlog", "bus", "ops", "redis");

    @ArchTest
    static final ArchRule cli_knows_config_and_domain = room("cli", "config", "domain");

    @ArchTest
    static final ArchRule config_is_known_by_the_root_and_cli_only = noClasses()
            .that()
            .resideOutsideOfPackages(ROOT, "io.grouppulse.cli..", "io.grouppulse.config..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.grouppulse.config..");

    @ArchTest
    static final ArchRule root_is_known_by_nobody = noClasses()
            .that()
            .resideOutsideOfPackage(ROOT)
            .should()
            .dependOnClassesThat()
            .resideInAPackage(ROOT);

    @ArchTest
    static final ArchRule audiences_do_not_know_each_other =
            slices().matching("io.grouppulse.publish.(*)..").should().notDependOnEachOther();

    @ArchTest
    static final ArchRule decoding_knows_no_http = noClasses()
            .that()
            .resideInAnyPackage("io.grouppulse.ingest", "io.grouppulse.ingest.decode..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.grouppulse.ingest.http..");

    @ArchTest
    static final ArchRule eventlog_port_knows_no_adapter = noClasses()
            .that()
            .resideInAPackage("io.grouppulse.eventlog")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.grouppulse.eventlog.*..");

    @ArchTest
    static final ArchRule only_the_embedded_store_knows_h2 = noClasses()
            .that()
            .resideOutsideOfPackage("io.grouppulse.eventlog.embedded..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.h2..");

    @ArchTest
    static final ArchRule only_redis_adapters_know_the_redis_client = noClasses()
            .that()
            .resideOutsideOfPackages(
                    "io.grouppulse.redis..",
                    "io.grouppulse.eventlog.redis..",
                    "io.grouppulse.ingest.redis..",
                    "io.grouppulse.nodes.redis..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.vertx.redis..");

    @ArchTest
    static final ArchRule only_nodes_knows_how_messages_become_bytes = noClasses()
            .that()
            .resideOutsideOfPackage("io.grouppulse.nodes..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("com.esotericsoftware..", "org.objenesis..");

    @ArchTest
    static final ArchRule only_the_root_knows_the_embedded_store = noClasses()
            .that()
            .resideOutsideOfPackages(ROOT, "io.grouppulse.eventlog.embedded..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.grouppulse.eventlog.embedded..");

    @ArchTest
    static final ArchRule only_the_root_knows_the_redis_store = noClasses()
            .that()
            .resideOutsideOfPackages(ROOT, "io.grouppulse.eventlog.redis..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.grouppulse.eventlog.redis..");

    @ArchTest
    static final ArchRule verticles_are_named_so = classes()
            .that()
            .areAssignableTo(VerticleBase.class)
            .or()
            .areAssignableTo(AbstractVerticle.class)
            .and()
            .areNotAnonymousClasses()
            .should()
            .haveSimpleNameEndingWith("Verticle")
            .orShould()
            .haveFullyQualifiedName("io.grouppulse.publish.feed.FeedHub")
            .because("who owns an event loop must show; the hub is named by what it is to its clients");

    private static ArchRule room(String name, String... known) {
        String[] packages = Stream.concat(Stream.of(name), Stream.of(known))
                .map(room -> ROOT + "." + room + "..")
                .toArray(String[]::new);
        return mayKnow(ROOT + "." + name + "..", packages);
    }

    private static ArchRule mayKnow(String packages, String... known) {
        return classes()
                .that()
                .resideInAPackage(packages)
                .should()
                .onlyDependOnClassesThat(resideOutsideOfPackage("io.grouppulse..")
                        .or(resideInAnyPackage(known))
                        .or(resideInAnyPackage(packages)));
    }
}
