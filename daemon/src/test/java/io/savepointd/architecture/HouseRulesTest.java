package io.savepointd.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.domain.JavaModifier;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What no class of the daemon does, whatever its package. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HouseRulesTest {
  private static final Set<String> CLOCK_METHODS =
      Set.of("now", "systemUTC", "systemDefaultZone", "system", "currentTimeMillis", "nanoTime");

  private JavaClasses code;

  @BeforeAll
  void read() {
    code = Code.classes();
  }

  @Test
  void onlyTheCommandLineEndsTheProcess() {
    noClasses()
        .that()
        .resideOutsideOfPackage("io.savepointd.cli..")
        .should()
        .callMethodWhere(calls(System.class, "exit"))
        .orShould()
        .callMethodWhere(calls(Runtime.class, "exit"))
        .orShould()
        .callMethodWhere(calls(Runtime.class, "halt"))
        .check(code);
  }

  @Test
  void nobodySleeps() {
    noClasses()
        .should()
        .callMethodWhere(calls(Thread.class, "sleep"))
        .orShould()
        .callMethodWhere(
            target(name("sleep")).and(target(owner(name("java.util.concurrent.TimeUnit")))))
        .check(code);
  }

  /** A hidden clock is one that a test can't set. */
  @Test
  void timeComesFromAClockPassedIn() {
    List<String> hidden =
        code.stream()
            .filter(c -> !c.getPackageName().equals("io.savepointd.app"))
            .filter(c -> !c.getName().startsWith("io.savepointd.ledger.MonotonicTime"))
            .flatMap(c -> c.getMethodCallsFromSelf().stream())
            .filter(HouseRulesTest::readsAClockOfItsOwn)
            .map(JavaMethodCall::getDescription)
            .toList();

    assertThat(hidden).isEmpty();
  }

  @Test
  void nobodyUsesTheJdksLogging() {
    noClasses().should().dependOnClassesThat().resideInAPackage("java.util.logging..").check(code);
  }

  @Test
  void noStaticFieldCanBeSet() {
    noFields()
        .that(describe("are written by people", f -> !synthetic(f)))
        .should()
        .beStatic()
        .andShould()
        .notBeFinal()
        .check(code);
  }

  @Test
  void everyClassHasAJobToBeNamedAfter() {
    noClasses().should().haveSimpleNameEndingWith("Utils").check(code);
    noClasses().should().haveSimpleNameEndingWith("Util").check(code);
    noClasses().should().haveSimpleNameEndingWith("Helper").check(code);
  }

  /** Of java.time, {@code now} with a clock as its argument is none of its own. */
  private static boolean readsAClockOfItsOwn(JavaMethodCall call) {
    String owner = call.getTargetOwner().getName();
    boolean clock = owner.startsWith("java.time.") || owner.equals(System.class.getName());
    boolean given =
        call.getTarget().getRawParameterTypes().stream()
            .anyMatch(
                type -> type.isEquivalentTo(Clock.class) || type.isEquivalentTo(Instant.class));
    return clock && !given && CLOCK_METHODS.contains(call.getName());
  }

  private static boolean synthetic(JavaField field) {
    return field.getModifiers().contains(JavaModifier.SYNTHETIC);
  }

  private static DescribedPredicate<? super JavaMethodCall> calls(Class<?> type, String method) {
    return target(name(method)).and(target(owner(name(type.getName()))));
  }
}
