package io.reststream.core.http;

import io.reststream.core.RestException;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * Whom to trust, and who we are. Certificates and host names are always verified.
 *
 * @param trust the certificates that are trusted in place of the JVM's own; null for the JVM's
 * @param identity our own certificate, for servers that ask for one; null for none
 */
public record TlsSettings(@Nullable TrustStore trust, @Nullable KeyStoreFiles identity) {
  /** The JVM's own trust, and no certificate of ours. */
  public static final TlsSettings USUAL = new TlsSettings(null, null);

  /**
   * Reads the files, once: a rotated file counts when the transport is opened anew.
   *
   * @return null where nothing is set
   * @throws RestException naming the option and the file
   */
  @Nullable SSLContext read() {
    if (trust == null && identity == null) {
      return null;
    }
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(
          identity == null ? null : identity.managers(),
          trust == null ? null : trust.managers(),
          null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new RestException("TLS cannot be set up: " + e.getMessage(), e);
    }
  }

  /** What makes them up, secrets and the files as they are now. */
  List<String> parts() {
    List<String> parts = new ArrayList<>();
    if (trust != null) {
      parts.add("trust");
      parts.addAll(trust.parts());
    }
    if (identity != null) {
      parts.add("identity");
      parts.addAll(identity.parts());
    }
    return parts;
  }
}
