package io.reststream.flink.kill;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.reststream.core.RestPoller;
import io.reststream.flink.RestSource;
import java.io.File;
import java.net.URL;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which part of the test's class path belongs to Flink, and which a job brings along: as in real
 * clusters, Flink's processes do not know rest-flink, and each job loads it anew.
 */
public final class UserCode {
  private static final List<Class<?>> BROUGHT_BY_THE_JOB =
      List.of(
          RestSource.class,
          RestPoller.class,
          ObjectMapper.class,
          JsonFactory.class,
          JsonProperty.class);

  private UserCode() {}

  /** Where the job's classes are, those of the test included. */
  public static URL[] addresses() {
    return Stream.concat(BROUGHT_BY_THE_JOB.stream(), Stream.of(Witness.class))
        .map(UserCode::address)
        .toArray(URL[]::new);
  }

  /** The class path of Flink's processes. */
  static String clusterClassPath() {
    Set<Path> brought =
        BROUGHT_BY_THE_JOB.stream()
            .map(type -> Path.of(address(type).getPath()))
            .collect(Collectors.toSet());
    return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
        .filter(entry -> !brought.contains(Path.of(entry).toAbsolutePath()))
        .collect(Collectors.joining(File.pathSeparator));
  }

  private static URL address(Class<?> type) {
    return type.getProtectionDomain().getCodeSource().getLocation();
  }
}
