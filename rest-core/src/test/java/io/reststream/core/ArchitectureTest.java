package io.reststream.core;

import static com.tngtech.archunit.lang.conditions.ArchConditions.callMethodWhere;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget.MethodCallTarget;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.util.Set;

/** The core knows the JDK and Jackson, waits for nothing and reads no clock of its own. */
@AnalyzeClasses(packages = "io.reststream.core", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
  @ArchTest
  static final ArchRule KNOWS_ONLY_THE_JDK_AND_JACKSON =
      classes()
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "io.reststream.core..",
              "java..",
              "javax.crypto..",
              "javax.net.ssl..",
              "com.fasterxml.jackson.core..",
              "com.fasterxml.jackson.databind..",
              "org.jspecify..");

  @ArchTest
  static final ArchRule WAITS_AND_READS_THE_CLOCK_ONLY_WHERE_IT_IS_USED_WITHOUT_AN_ENGINE =
      noClasses()
          .that(areNotTheEdge())
          .should(callMethodWhere(waits()))
          .orShould(callMethodWhere(readsTheWallClock()));

  @ArchTest
  static final ArchRule PACKAGES_HAVE_NO_CIRCLES =
      slices().matching("io.reststream.core.(*)..").should().beFreeOfCycles();

  /** Where a program without an engine comes in, and somebody has to wait and know the time. */
  private static DescribedPredicate<JavaClass> areNotTheEdge() {
    Set<String> edge = Set.of("RestStream", "Waiter");
    return DescribedPredicate.describe(
        "are none of " + edge,
        type -> {
          String path = type.getName().substring(type.getPackageName().length() + 1);
          return !edge.contains(path.split("\\$", 2)[0]);
        });
  }

  private static DescribedPredicate<JavaMethodCall> waits() {
    return call(
        "waits",
        (owner, target) ->
            target.getName().equals("sleep")
                || (owner.equals("java.util.concurrent.locks.LockSupport")
                    && target.getName().startsWith("park"))
                || (owner.equals("java.util.concurrent.CompletableFuture")
                    && target.getName().equals("delayedExecutor")));
  }

  private static DescribedPredicate<JavaMethodCall> readsTheWallClock() {
    return call(
        "reads the wall clock",
        (owner, target) ->
            (owner.equals("java.lang.System") && target.getName().equals("currentTimeMillis"))
                || (owner.equals("java.time.Clock")
                    && (target.getName().startsWith("system")
                        || target.getName().startsWith("tick")))
                || (owner.startsWith("java.time.")
                    && target.getName().equals("now")
                    && target.getRawParameterTypes().stream()
                        .noneMatch(type -> type.isEquivalentTo(Clock.class))));
  }

  private interface Call {
    boolean matches(String owner, MethodCallTarget target);
  }

  private static DescribedPredicate<JavaMethodCall> call(String does, Call call) {
    return DescribedPredicate.describe(
        does, made -> call.matches(made.getTargetOwner().getName(), made.getTarget()));
  }
}
