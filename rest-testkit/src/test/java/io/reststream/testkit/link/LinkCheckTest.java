package io.reststream.testkit.link;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Code is compiled against one version of an engine, and linked with another. */
class LinkCheckTest {
  private static final String OLD =
      """
      package engine;
      public class Engine {
        public static int field;
        public Engine() {}
        public Engine(int size) {}
        public String name() { return ""; }
        public Object named(String name) { return name; }
        public interface Part { void start(); }
        public static class Inner {}
      }
      """;
  private static final String OURS =
      """
      package ours;
      import engine.Engine;
      public class Ours implements Engine.Part {
        @Override public void start() {
          Engine engine = new Engine(1);
          System.out.println(engine.name() + engine.named("x") + Engine.field + new Engine.Inner());
          Runnable later = engine::name;
          int[] copy = new int[0].clone();
        }
      }
      """;

  @TempDir Path directory;

  private Path compile(String name, String source, Path... classPath) throws IOException {
    Path out = Files.createDirectories(directory.resolve(name + "-classes"));
    Path file =
        Files.writeString(
            Files.createDirectories(directory.resolve(name)).resolve(type(source)), source);
    List<String> args = new ArrayList<>(List.of("-d", out.toString()));
    for (Path entry : classPath) {
      args.addAll(List.of("-cp", entry.toString()));
    }
    args.add(file.toString());
    int failed =
        ToolProvider.getSystemJavaCompiler().run(null, null, null, args.toArray(String[]::new));
    assertThat(failed).isZero();
    return out;
  }

  private static String type(String source) {
    return source.contains("class Ours") ? "Ours.java" : "Engine.java";
  }

  /** Compiles against the old engine, and links with this one. */
  private List<String> problemsWith(String engine) throws Exception {
    Path ours = compile("ours", OURS, compile("old", OLD));
    Path other = compile("other", engine);
    URL[] classPath = {ours.toUri().toURL(), other.toUri().toURL()};
    try (URLClassLoader loader = new URLClassLoader(classPath, null)) {
      return LinkCheck.problems(loader.loadClass("ours.Ours"));
    }
  }

  @Test
  void whatItWasCompiledAgainstHasAll() throws Exception {
    assertThat(problemsWith(OLD)).isEmpty();
  }

  @Test
  void aMethodThatIsGoneIsMissed() throws Exception {
    assertThat(problemsWith(OLD.replace("String name()", "String otherName()")))
        .containsExactly("ours.Ours: misses engine.Engine.name()Ljava/lang/String;");
  }

  @Test
  void aMethodWithAnotherReturnTypeIsMissedAlthoughSourcesWouldCompile() throws Exception {
    assertThat(problemsWith(OLD.replace("Object named", "String named")))
        .containsExactly(
            "ours.Ours: misses engine.Engine.named(Ljava/lang/String;)Ljava/lang/Object;");
  }

  @Test
  void aMethodThatMovedUpIsFound() throws Exception {
    assertThat(
            problemsWith(
                OLD.replace("class Engine {", "class Engine extends Base {")
                        .replace("  public String name() { return \"\"; }\n", "")
                    + "class Base { public String name() { return \"\"; } }"))
        .isEmpty();
  }

  @Test
  void aConstructorAFieldAndAClassThatAreGoneAreMissed() throws Exception {
    assertThat(
            problemsWith(
                OLD.replace("  public Engine(int size) {}\n", "")
                    .replace("int field", "long field")
                    .replace("class Inner", "class Outer")))
        .containsExactly(
            "ours.Ours: misses engine.Engine$Inner",
            "ours.Ours: misses engine.Engine$Inner.<init>()V",
            "ours.Ours: misses engine.Engine.<init>(I)V",
            "ours.Ours: misses engine.Engine.field I");
  }

  @Test
  void aMethodThatAnInterfaceHasAnewIsNotImplemented() throws Exception {
    assertThat(problemsWith(OLD.replace("void start();", "void start(); void stop();")))
        .containsExactly(
            "ours.Ours: does not implement public abstract void engine.Engine$Part.stop()");
  }
}
