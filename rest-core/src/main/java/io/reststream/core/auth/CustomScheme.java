package io.reststream.core.auth;

import io.reststream.core.RestException;
import java.lang.reflect.InvocationTargetException;

/** Finds a class that somebody else wrote. */
public final class CustomScheme {
  private CustomScheme() {}

  /**
   * A new authenticator of this class.
   *
   * @param name the class, as option {@code authClass} has it
   * @throws RestException if there is none that can be made
   */
  public static Authenticator of(String name) {
    try {
      return find(name).asSubclass(Authenticator.class).getConstructor().newInstance();
    } catch (ClassNotFoundException | LinkageError e) {
      throw problem(name, "is not on the class path", e);
    } catch (ClassCastException e) {
      throw problem(name, "does not implement " + Authenticator.class.getName(), e);
    } catch (NoSuchMethodException | IllegalAccessException | InstantiationException e) {
      throw problem(name, "has no public constructor without parameters", e);
    } catch (InvocationTargetException e) {
      throw problem(name, "cannot be made: " + e.getCause(), e);
    }
  }

  /** Engines load a job's classes by the thread's loader. */
  private static Class<?> find(String name) throws ClassNotFoundException {
    ClassLoader ofThread = Thread.currentThread().getContextClassLoader();
    try {
      return Class.forName(
          name, true, ofThread == null ? CustomScheme.class.getClassLoader() : ofThread);
    } catch (ClassNotFoundException e) {
      return Class.forName(name);
    }
  }

  private static RestException problem(String name, String what, Throwable cause) {
    return new RestException(
        "Option 'authClass' names the class '%s', which %s.".formatted(name, what), cause);
  }
}
