package io.reststream.spark;

import static com.tngtech.archunit.lang.conditions.ArchConditions.callCodeUnitWhere;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.stream.Stream;

/** One jar runs on Spark 3.5 and 4.x, with Scala 2.12 and 2.13, so it keeps off what differs. */
@AnalyzeClasses(packages = "io.reststream.spark", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
  /** The bridge to Spark's own JSON decoder, which has no public face. */
  private static final String BRIDGE = "io.reststream.spark.decode..";

  /** The bridge to Spark's catalog, whose interface has Scala's maps. */
  private static final String CATALOG = "io.reststream.spark.catalog..";

  /** The bridge to Spark's block storage, whose interface has Scala's options. */
  private static final String KEEP = "io.reststream.spark.keep..";

  @ArchTest
  static final ArchRule KNOWS_THE_CORE_AND_SPARK =
      classes()
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "io.reststream.spark..",
              "io.reststream.core..",
              "org.apache.spark..",
              "org.apache.hadoop..",
              "java..",
              "scala..",
              "com.fasterxml.jackson..",
              "net.jpountz.lz4..",
              "org.jspecify..",
              "org.slf4j..");

  @ArchTest
  static final ArchRule SCALA_AND_THE_INSIDE_OF_SPARK_STAY_BEHIND_BRIDGES =
      noClasses()
          .that()
          .resideOutsideOfPackages(BRIDGE, CATALOG, KEEP)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("scala..", "org.apache.spark.sql.execution..");

  @ArchTest
  static final ArchRule NO_CALL_NAMES_A_SCALA_COLLECTION_WHICH_SCALA_2_13_HAS_ANEW =
      noClasses()
          .that()
          .resideOutsideOfPackages(BRIDGE, CATALOG, KEEP)
          .should(callCodeUnitWhere(namesAScalaCollection()));

  @ArchTest
  static final ArchRule THE_STREAMING_ENGINE_THAT_MOVED_IN_SPARK_4_IS_NOT_TOUCHED =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.apache.spark.sql.execution.streaming..");

  private static DescribedPredicate<JavaCall<?>> namesAScalaCollection() {
    return DescribedPredicate.describe(
        "a scala.collection is named in the signature",
        call ->
            Stream.concat(
                    call.getTarget().getRawParameterTypes().stream(),
                    Stream.of(call.getTarget().getRawReturnType()))
                .anyMatch(type -> type.getPackageName().startsWith("scala.collection")));
  }
}
