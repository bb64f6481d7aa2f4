package io.reststream.flink;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Set;
import org.apache.flink.annotation.Internal;
import org.apache.flink.api.common.typeutils.base.TypeSerializerSingleton;
import org.apache.flink.connector.base.source.reader.splitreader.SplitsRemoval;
import org.apache.flink.connector.base.source.reader.synchronization.FutureCompletingBlockingQueue;

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
              "org.slf4j..");

  /** Internal by their annotation, there from 1.20 to 2.3, and without a public twin. */
  private static final Set<String> NEEDED =
      Set.of(
          FutureCompletingBlockingQueue.class.getName(),
          SplitsRemoval.class.getName(),
          TypeSerializerSingleton.class.getName());

  @ArchTest
  static final ArchRule USES_NOTHING_ELSE_THAT_FLINK_KEEPS_FOR_ITSELF =
      noClasses()
          .should()
          .dependOnClassesThat(
              describe(
                  "are annotated with @Internal",
                  type ->
                      type.isAnnotatedWith(Internal.class) && !NEEDED.contains(type.getName())));
}
