package io.savepointd.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The arrows between packages as docs/design.md draws them, and the one place of each library. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ArchitectureTest {
  private static final Map<String, Set<String>> ARROWS =
      Map.ofEntries(
          Map.entry("model", Set.of()),
          Map.entry("systemd", Set.of()),
          Map.entry("logging", Set.of()),
          Map.entry("retention", Set.of("model")),
          Map.entry("schedule", Set.of("model")),
          Map.entry("storage", Set.of("model")),
          Map.entry("flink", Set.of("model")),
          Map.entry("ledger", Set.of("model")),
          Map.entry("supervise", Set.of("flink", "storage", "ledger", "retention", "model")),
          Map.entry("scrub", Set.of("supervise", "storage", "ledger", "model")),
          Map.entry(
              "doctor",
              Set.of("config", "supervise", "schedule", "storage", "flink", "ledger", "model")),
          Map.entry("admin", Set.of("supervise", "model")),
          Map.entry(
              "config",
              Set.of(
                  "admin",
                  "supervise",
                  "schedule",
                  "retention",
                  "storage",
                  "flink",
                  "ledger",
                  "model")),
          Map.entry(
              "app",
              Set.of(
                  "config",
                  "admin",
                  "doctor",
                  "scrub",
                  "supervise",
                  "schedule",
                  "retention",
                  "storage",
                  "flink",
                  "ledger",
                  "systemd",
                  "model")),
          Map.entry("demo", Set.of("app", "admin")),
          Map.entry("cli", Set.of("app", "demo", "doctor")));

  /** Records of settings that go by another name. */
  private static final Set<String> SETTINGS_TOO = Set.of("RetentionPolicy", "CronSchedule");

  private JavaClasses code;

  @BeforeAll
  void read() {
    code = Code.classes();
  }

  @Test
  void packagesImportEachOtherOnlyAsDrawn() {
    List<String> astray =
        code.stream()
            .flatMap(c -> c.getDirectDependenciesFromSelf().stream())
            .filter(ArchitectureTest::crossesPackages)
            .filter(d -> !allowed(d))
            .map(Dependency::getDescription)
            .toList();

    assertThat(astray).isEmpty();
  }

  @Test
  void everyPackageHasItsPlaceInThePicture() {
    Set<String> packages = new TreeSet<>();
    code.forEach(c -> packages.add(feature(c)));

    assertThat(ARROWS.keySet()).containsAll(packages);
  }

  /** An arrow that nothing takes is one that a later fault could hide behind. */
  @Test
  void everyArrowDrawnIsTaken() {
    Map<String, Set<String>> taken = new TreeMap<>();
    code.stream()
        .flatMap(c -> c.getDirectDependenciesFromSelf().stream())
        .filter(ArchitectureTest::crossesPackages)
        .forEach(
            d ->
                taken
                    .computeIfAbsent(feature(d.getOriginClass()), key -> new TreeSet<>())
                    .add(feature(d.getTargetClass())));

    ARROWS.forEach(
        (from, to) -> {
          Set<String> idle = new TreeSet<>(to);
          idle.removeAll(taken.getOrDefault(from, Set.of()));
          assertThat(idle).as("arrows of %s that no import takes", from).isEmpty();
        });
  }

  @Test
  void configurationKnowsOfTheFeaturesOnlyTheirSettings() {
    List<String> astray =
        code.stream()
            .filter(c -> feature(c).equals("config"))
            .flatMap(c -> c.getDirectDependenciesFromSelf().stream())
            .filter(ArchitectureTest::crossesPackages)
            .filter(d -> !feature(d.getTargetClass()).equals("model"))
            .filter(d -> !isSettings(d.getTargetClass()))
            .map(Dependency::getDescription)
            .toList();

    assertThat(astray).isEmpty();
  }

  @Test
  void packagesHaveNoCycles() {
    slices().matching("io.savepointd.(*)..").should().beFreeOfCycles().check(code);
  }

  @Test
  void flinkIsKnownToItsPackageAlone() {
    onlyIn("org.apache.flink..", "io.savepointd.flink..");
  }

  @Test
  void quartzIsKnownToItsPackageAlone() {
    onlyIn("org.quartz..", "io.savepointd.schedule..");
  }

  @Test
  void theConfigurationLibraryIsKnownToItsPackageAlone() {
    onlyIn("com.typesafe..", "io.savepointd.config..");
  }

  @Test
  void theCommandLineLibraryIsKnownToItsPackageAlone() {
    onlyIn("picocli..", "io.savepointd.cli..");
  }

  @Test
  void jettyIsKnownToItsPackageAlone() {
    onlyIn("org.eclipse.jetty..", "io.savepointd.admin..");
  }

  @Test
  void jnaIsKnownToItsPackageAlone() {
    onlyIn("com.sun.jna..", "io.savepointd.systemd..");
  }

  @Test
  void theLogIsKnownToItsPackageAlone() {
    onlyIn("ch.qos.logback..", "io.savepointd.logging..");
  }

  @Test
  void theServiceManagersPackageKnowsNothingElse() {
    noClasses()
        .that()
        .resideInAPackage("io.savepointd.systemd..")
        .should()
        .dependOnClassesThat()
        .resideOutsideOfPackages(
            "java..", "io.savepointd.systemd..", "com.sun.jna..", "org.slf4j..")
        .check(code);
  }

  @Test
  void hadoopIsKnownToStorageAndTheLedgersHdfsClassesAlone() {
    noClasses()
        .that()
        .resideOutsideOfPackage("io.savepointd.storage..")
        .and(
            describe(
                "are not the ledger's Hdfs classes",
                c -> !outermost(c).getFullName().startsWith("io.savepointd.ledger.Hdfs")))
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.apache.hadoop..")
        .check(code);
  }

  @Test
  void theModelKnowsTheJdkAlone() {
    noClasses()
        .that()
        .resideInAPackage("io.savepointd.model..")
        .should()
        .dependOnClassesThat()
        .resideOutsideOfPackages("java..", "javax.crypto..", "io.savepointd.model..")
        .check(code);
  }

  private void onlyIn(String library, String home) {
    noClasses()
        .that()
        .resideOutsideOfPackage(home)
        .should()
        .dependOnClassesThat()
        .resideInAPackage(library)
        .check(code);
  }

  private static boolean crossesPackages(Dependency d) {
    return d.getTargetClass().getPackageName().startsWith(Code.BASE)
        && !feature(d.getOriginClass()).equals(feature(d.getTargetClass()));
  }

  private static boolean allowed(Dependency d) {
    return ARROWS
        .getOrDefault(feature(d.getOriginClass()), Set.of())
        .contains(feature(d.getTargetClass()));
  }

  private static boolean isSettings(JavaClass c) {
    String name = outermost(c).getSimpleName();
    return name.endsWith("Settings") || SETTINGS_TOO.contains(name);
  }

  private static JavaClass outermost(JavaClass c) {
    JavaClass base = c.getBaseComponentType();
    return base.getEnclosingClass().map(ArchitectureTest::outermost).orElse(base);
  }

  private static String feature(JavaClass c) {
    return c.getBaseComponentType().getPackageName().substring(Code.BASE.length());
  }
}
