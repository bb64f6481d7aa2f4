package io.reststream.core.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.List;
import mockwebserver3.MockWebServer;
import okhttp3.Protocol;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;

/** An authority of the test, a server and a client that it vouches for, and their files. */
final class Certificates {
  static final HeldCertificate AUTHORITY =
      new HeldCertificate.Builder().commonName("authority").certificateAuthority(0).build();
  static final HeldCertificate SERVER =
      new HeldCertificate.Builder()
          .addSubjectAlternativeName("127.0.0.1")
          .signedBy(AUTHORITY)
          .build();
  static final HeldCertificate CLIENT =
      new HeldCertificate.Builder().commonName("client").signedBy(AUTHORITY).rsa2048().build();

  private Certificates() {}

  /** A server with TLS on 127.0.0.1 that speaks these protocols. */
  static MockWebServer server(HeldCertificate certificate, Protocol... protocols)
      throws IOException {
    MockWebServer server = new MockWebServer();
    server.setProtocols(List.of(protocols));
    server.useHttps(
        new HandshakeCertificates.Builder()
            .heldCertificate(certificate)
            .addTrustedCertificate(AUTHORITY.certificate())
            .addTrustedCertificate(encryptedClient())
            .build()
            .sslSocketFactory());
    server.start(InetAddress.getByName("127.0.0.1"), 0);
    return server;
  }

  static String url(MockWebServer server, String path) {
    return "https://127.0.0.1:" + server.getPort() + path;
  }

  static String write(Path directory, String name, String text) {
    try {
      return Files.writeString(directory.resolve(name), text).toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The settings that trust the authority. */
  static TlsSettings trusting(Path directory) {
    return new TlsSettings(
        new TrustStore(write(directory, "ca.pem", AUTHORITY.certificatePem()), null), null);
  }

  /** A PKCS12 file with a certificate to trust. */
  static String trustStore(Path directory, String password) throws Exception {
    KeyStore store = TrustStore.emptyStore();
    store.setCertificateEntry("authority", AUTHORITY.certificate());
    return store(directory, "trust.p12", store, password);
  }

  /** A PKCS12 file with a key. */
  static String keyStore(Path directory, HeldCertificate held, String password) throws Exception {
    KeyStore store = TrustStore.emptyStore();
    store.setKeyEntry(
        "client",
        held.keyPair().getPrivate(),
        password.toCharArray(),
        new Certificate[] {held.certificate()});
    return store(directory, "keys.p12", store, password);
  }

  private static String store(Path directory, String name, KeyStore store, String password)
      throws IOException, GeneralSecurityException {
    Path file = directory.resolve(name);
    try (OutputStream out = Files.newOutputStream(file)) {
      store.store(out, password.toCharArray());
    }
    return file.toString();
  }

  /**
   * A PEM file of a certificate and its key, encrypted with {@code s3cret-of-the-store} as OpenSSL
   * 3 does it by itself (PBES2, HMAC-SHA-256, AES-256).
   */
  static String withEncryptedKey() throws Exception {
    return Path.of(Certificates.class.getResource("client-with-encrypted-key.pem").toURI())
        .toString();
  }

  private static X509Certificate encryptedClient() {
    try (InputStream pem = Files.newInputStream(Path.of(withEncryptedKey()))) {
      return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(pem);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
