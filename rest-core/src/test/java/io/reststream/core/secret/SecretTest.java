package io.reststream.core.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reststream.core.RestException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SecretTest {
  @TempDir private Path directory;

  private static Secret secret(String text) {
    return Secret.parse("Option 'userPassword'", text);
  }

  @Test
  void fileIsReadEachTimeWithoutTheNewlineAtItsEnd() throws Exception {
    Path file = directory.resolve("password");
    Files.writeString(file, "one\n");
    Secret secret = secret("${file:" + file + "}");
    assertThat(secret.seen()).isEmpty();
    assertThat(secret.get()).isEqualTo("one");
    Files.writeString(file, "two\r\n");
    assertThat(secret.get()).isEqualTo("two");
    assertThat(secret.seen()).containsExactly("two", "one");
    Files.writeString(file, " three\n\n");
    assertThat(secret.get()).isEqualTo(" three\n");
  }

  @Test
  void variableIsRead() {
    assertThat(secret("a${env:PATH}b").get()).isEqualTo("a" + System.getenv("PATH") + "b");
  }

  @ParameterizedTest
  @CsvSource({
    "plain, plain",
    "$, $",
    "${name}, ${name}",
    "a$${env:X}b, a${env:X}b",
    "$${file:/x}, ${file:/x}",
    "$$${env:X}, $${env:X}",
    "p$$w, p$$w",
  })
  void textIsAsItIs(String text, String value) {
    assertThat(secret(text).get()).isEqualTo(value);
    assertThat(secret(text).seen()).containsExactly(value);
  }

  @ParameterizedTest
  @ValueSource(strings = {"${env:}", "${env:PATH", "${env: }"})
  void referenceWithoutEndOrNameIsRefused(String text) {
    assertThatThrownBy(() -> secret(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "a reference to a secret must be ${env:NAME} or ${file:path}; for the text itself,"
                + " write $${env:");
  }

  @Test
  void whatIsNotThereIsNamed() throws Exception {
    assertThatThrownBy(() -> secret("${env:NOT_SET_ANYWHERE}").get())
        .isInstanceOf(RestException.class)
        .hasMessage(
            "Option 'userPassword' names the environment variable 'NOT_SET_ANYWHERE', which is not"
                + " set in this process.");
    Path missing = directory.resolve("missing");
    assertProblem(missing, "does not exist");
    Path empty = Files.writeString(directory.resolve("empty"), "\n");
    assertProblem(empty, "is empty");
    Path large = Files.writeString(directory.resolve("large"), "x".repeat(65_537));
    assertProblem(large, "is larger than 65536 bytes");
    Path binary = Files.write(directory.resolve("binary"), new byte[] {(byte) 0xC3, 'x'});
    assertProblem(binary, "cannot be read: MalformedInputException");
  }

  private static void assertProblem(Path file, String problem) {
    assertThatThrownBy(() -> secret("${file:" + file + "}").get())
        .isInstanceOf(RestException.class)
        .hasMessage("Option 'userPassword' names the file '%s', which %s.".formatted(file, problem))
        .hasNoCause();
  }

  @Test
  void neverShown() {
    assertThat(secret("hunter2")).hasToString("****");
  }
}
