package io.reststream.flink;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import org.apache.flink.annotation.Internal;

/** One jar runs on every Flink from 1.20 on, so it uses what Flink promises to keep. */
@AnalyzeClasses(packages = "io.reststream.flink", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
  @ArchTest
  static final ArchRule KNOWS_THE_CORE_AND_FLINK =
      classes()
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "io.reststream.flink..",
              "io.reststream.core..",
              "org.apache.flink..",
              "java..",
              "com.fasterxml.jackson..",
              "org.jspecify..",
              "org.slf4j..")
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule USES_NOTHING_THAT_FLINK_KEEPS_FOR_ITSELF =
      noClasses()
          .should()
          .dependOnClassesThat()
          .areAnnotatedWith(Internal.class)
          .allowEmptyShould(true);
}
