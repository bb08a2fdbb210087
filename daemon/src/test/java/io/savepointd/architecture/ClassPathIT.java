package io.savepointd.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What lies in the built distribution's lib, on the class path of every command. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ClassPathIT {
  /** Maven's tests run in the module's own directory. */
  private static final Path LIB = Path.of("target", "savepointd", "lib");

  private static final Pattern NAME = Pattern.compile("(.+?)-(\\d[^/]*)\\.jar");

  /** Jars that carry others inside, under names of their own, so that none of it shows. */
  private static final Set<String> KNOWN_FAT = Set.of("hadoop-client-api", "hadoop-client-runtime");

  /** Only the demo's own process, with its own class path, may use these. */
  private static final Set<String> DEMO_ALONE =
      Set.of("hadoop-client-minicluster", "flink-runtime-web", "flink-rpc-akka-loader", "embedded");

  private final Map<String, Set<String>> entries = new TreeMap<>();

  @BeforeAll
  void read() throws IOException {
    try (Stream<Path> jars = Files.list(LIB)) {
      jars.filter(Files::isRegularFile)
          .forEach(jar -> entries.put(jar.getFileName().toString(), entriesOf(jar)));
    }
  }

  @Test
  void isNotEmptyAndHoldsNothingButJars() {
    assertThat(entries).hasSizeGreaterThan(20);
    assertThat(entries.keySet()).allMatch(name -> name.endsWith(".jar"));
  }

  @Test
  void hasOneBindingOfSlf4j() {
    List<String> bindings =
        jarsWith(
            entry ->
                entry.equals("META-INF/services/org.slf4j.spi.SLF4JServiceProvider")
                    || entry.startsWith("org/slf4j/impl/StaticLoggerBinder"));

    assertThat(bindings).singleElement().asString().startsWith("logback-classic-");
  }

  @Test
  void hasNoOldLoggingSystemThatWouldWriteElsewhere() {
    assertThat(jarsWith(entry -> entry.startsWith("org/apache/log4j/"))).isEmpty();
    assertThat(jarsWith(entry -> entry.startsWith("org/apache/logging/log4j/core/"))).isEmpty();
  }

  @Test
  void hasNettyAndGuavaOnlyWhereTheirUsersHaveRenamedThem() {
    assertThat(jarsWith(entry -> entry.startsWith("io/netty/"))).isEmpty();
    assertThat(jarsWith(entry -> entry.startsWith("com/google/common/"))).isEmpty();
    assertThat(jarsWith(entry -> entry.startsWith("com/google/protobuf/"))).isEmpty();
  }

  @Test
  void hasNoArtifactTwice() {
    Map<String, Set<String>> versions = new TreeMap<>();
    for (String jar : entries.keySet()) {
      versions.computeIfAbsent(artifact(jar), key -> new TreeSet<>()).add(jar);
    }

    assertThat(versions.values()).allSatisfy(jars -> assertThat(jars).hasSize(1));
  }

  @Test
  void hasNoClassTwice() {
    Map<String, String> homes = new TreeMap<>();
    Set<String> twice = new TreeSet<>();
    entries.forEach(
        (jar, names) ->
            names.stream()
                .filter(name -> name.endsWith(".class") && !name.startsWith("META-INF/"))
                .filter(name -> !name.endsWith("module-info.class"))
                .filter(name -> !name.endsWith("package-info.class"))
                .forEach(
                    name -> {
                      String other = homes.put(name, jar);
                      if (other != null) {
                        twice.add(artifact(other) + " and " + artifact(jar));
                      }
                    }));

    assertThat(twice).isEmpty();
  }

  @Test
  void hasNoFatJarButTheKnownOnes() {
    Set<String> fat = new TreeSet<>();
    entries.forEach(
        (jar, names) -> {
          long projects =
              names.stream()
                  .filter(n -> n.startsWith("META-INF/maven/") && n.endsWith("/pom.properties"))
                  .count();
          boolean jarsInside = names.stream().anyMatch(name -> name.endsWith(".jar"));
          if (projects > 1 || jarsInside) {
            fat.add(artifact(jar));
          }
        });

    assertThat(fat).containsExactlyInAnyOrderElementsOf(KNOWN_FAT);
  }

  @Test
  void hasNothingOfTheDemosWorld() {
    assertThat(entries.keySet()).noneMatch(jar -> DEMO_ALONE.contains(artifact(jar)));
    assertThat(entries.keySet()).noneMatch(jar -> jar.startsWith("junit-"));
    assertThat(LIB.resolve("demo").resolve("embedded.jar")).as("where it belongs").exists();
  }

  private List<String> jarsWith(Predicate<String> entry) {
    return entries.entrySet().stream()
        .filter(jar -> jar.getValue().stream().anyMatch(entry))
        .map(Map.Entry::getKey)
        .toList();
  }

  private static String artifact(String jar) {
    Matcher named = NAME.matcher(jar);
    return named.matches() ? named.group(1) : jar.replaceFirst("\\.jar$", "");
  }

  private static Set<String> entriesOf(Path jar) {
    try (ZipFile zip = new ZipFile(jar.toFile())) {
      Set<String> names = new TreeSet<>();
      zip.stream().map(ZipEntry::getName).forEach(names::add);
      return names;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
