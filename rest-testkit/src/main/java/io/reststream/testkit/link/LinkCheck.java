package io.reststream.testkit.link;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodType;
import java.lang.invoke.VarHandle;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Links every class of a jar with the class path of this JVM, as the JVM itself would do when the
 * code is reached: each class, method and field that is named must be there, with the same types,
 * and each concrete class must have all methods that its interfaces want.
 *
 * <pre>{@code
 * assertThat(LinkCheck.problems(RestSource.class)).isEmpty();
 * }</pre>
 */
public final class LinkCheck {
  private static final Set<Class<?>> ANY_TYPES = Set.of(MethodHandle.class, VarHandle.class);

  private final ClassLoader loader;
  private final Map<Reference, Optional<String>> known = new HashMap<>();

  private LinkCheck(ClassLoader loader) {
    this.loader = loader;
  }

  /**
   * What would fail.
   *
   * @param one a class of the jar, or of the directory of classes, that is checked
   * @return a line for each missing thing, with the class that wants it
   */
  public static List<String> problems(Class<?> one) throws IOException {
    try {
      Path place = Path.of(one.getProtectionDomain().getCodeSource().getLocation().toURI());
      LinkCheck check = new LinkCheck(one.getClassLoader());
      if (Files.isDirectory(place)) {
        return check.problemsBelow(place);
      }
      try (FileSystem jar = FileSystems.newFileSystem(place)) {
        return check.problemsBelow(jar.getPath("/"));
      }
    } catch (URISyntaxException e) {
      throw new IOException(e);
    }
  }

  private List<String> problemsBelow(Path root) throws IOException {
    try (Stream<Path> files = Files.walk(root)) {
      List<Path> classes = files.filter(file -> file.toString().endsWith(".class")).toList();
      if (classes.isEmpty()) {
        throw new IOException("No classes in " + root);
      }
      return classes.stream()
          .flatMap(file -> problems(root.relativize(file).toString(), file))
          .sorted()
          .toList();
    }
  }

  private Stream<String> problems(String path, Path file) {
    String name = path.substring(0, path.length() - ".class".length()).replace('/', '.');
    try (InputStream in = Files.newInputStream(file)) {
      return Stream.concat(
          Reference.of(in).stream().flatMap(reference -> missing(reference).stream()),
          unimplemented(name).stream())
          .map(problem -> name + ": " + problem)
          .toList()
          .stream();
    } catch (IOException e) {
      throw new UncheckedIOException(file.toString(), e);
    }
  }

  private Optional<String> missing(Reference reference) {
    Optional<String> before = known.get(reference);
    if (before == null) {
      before = found(reference) ? Optional.empty() : Optional.of("misses " + reference);
      known.put(reference, before);
    }
    return before;
  }

  private boolean found(Reference reference) {
    try {
      Class<?> owner = Class.forName(reference.owner(), false, loader);
      return reference.isClass() || ANY_TYPES.contains(owner) || declares(owner, reference);
    } catch (ClassNotFoundException | LinkageError e) {
      return false;
    }
  }

  /** Looks where the JVM looks: in the class, those above it, and all their interfaces. */
  private static boolean declares(Class<?> owner, Reference member) {
    if (declaresItself(owner, member)) {
      return true;
    }
    Class<?> above = owner.isInterface() ? Object.class : owner.getSuperclass();
    return (above != null && declares(above, member))
        || Arrays.stream(owner.getInterfaces()).anyMatch(of -> declares(of, member));
  }

  private static boolean declaresItself(Class<?> owner, Reference member) {
    if (!member.isMethod()) {
      return Arrays.stream(owner.getDeclaredFields())
          .anyMatch(
              field ->
                  field.getName().equals(member.name())
                      && field.getType().descriptorString().equals(member.descriptor()));
    }
    if (member.name().equals("<init>")) {
      return Arrays.stream(owner.getDeclaredConstructors())
          .anyMatch(made -> descriptor(made).equals(member.descriptor()));
    }
    return Arrays.stream(owner.getDeclaredMethods())
        .anyMatch(
            method ->
                method.getName().equals(member.name())
                    && descriptor(method).equals(member.descriptor()));
  }

  private static String descriptor(Constructor<?> made) {
    return MethodType.methodType(void.class, made.getParameterTypes()).descriptorString();
  }

  private static String descriptor(Method method) {
    return MethodType.methodType(method.getReturnType(), method.getParameterTypes())
        .descriptorString();
  }

  /** Methods that a newer interface wants, and that calls of the engine would not find. */
  private List<String> unimplemented(String name) {
    try {
      Class<?> type = Class.forName(name, false, loader);
      return Modifier.isAbstract(type.getModifiers())
          ? List.of()
          : Arrays.stream(type.getMethods())
              .filter(method -> Modifier.isAbstract(method.getModifiers()))
              .map(method -> "does not implement " + method)
              .toList();
    } catch (ClassNotFoundException | LinkageError e) {
      return List.of("cannot be loaded: " + e);
    }
  }
}
