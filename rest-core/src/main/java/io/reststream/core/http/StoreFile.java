package io.reststream.core.http;

import io.reststream.core.RestException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.UnrecoverableKeyException;
import org.jspecify.annotations.Nullable;

/**
 * A file with keys or certificates, PEM or PKCS12, as its content says.
 *
 * @param option the option that names it
 * @param path where it is
 * @param content its bytes
 */
record StoreFile(String option, String path, byte[] content) {

  static StoreFile read(String option, String path) {
    try {
      return new StoreFile(option, path, Files.readAllBytes(Path.of(path)));
    } catch (NoSuchFileException | InvalidPathException e) {
      throw new RestException(
          "Option '%s' names the file '%s', which does not exist.".formatted(option, path), e);
    } catch (IOException e) {
      throw new RestException(
          "Option '%s' names the file '%s', which cannot be read: %s."
              .formatted(option, path, e.getClass().getSimpleName()),
          e);
    }
  }

  /** Its bytes, a character each. */
  String text() {
    return new String(content, StandardCharsets.ISO_8859_1);
  }

  boolean isPem() {
    return text().contains(PemBlocks.BEGIN);
  }

  PemBlocks pem() {
    return new PemBlocks(this, text());
  }

  /** The key store in a file that is not PEM. */
  KeyStore keyStore(String passwordOption, @Nullable String password)
      throws GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    try {
      store.load(
          new ByteArrayInputStream(content), password == null ? null : password.toCharArray());
      return store;
    } catch (IOException e) {
      if (e.getCause() instanceof UnrecoverableKeyException) {
        throw notOpened(passwordOption, password, e);
      }
      throw problem("is neither PEM nor PKCS12", e);
    }
  }

  /** The password is wrong, or missing. */
  RestException notOpened(String passwordOption, @Nullable String password, Throwable cause) {
    return password == null
        ? problem("needs a password: set '%s'".formatted(passwordOption), cause)
        : new RestException(
            "Option '%s' does not open the file '%s' that option '%s' names: the password is wrong."
                .formatted(passwordOption, path, option),
            cause);
  }

  RestException problem(String what, @Nullable Throwable cause) {
    return new RestException(
        "Option '%s' names the file '%s', which %s.".formatted(option, path, what), cause);
  }

  /** The file, not what it holds. */
  @Override
  public String toString() {
    return option + "=" + path;
  }
}
