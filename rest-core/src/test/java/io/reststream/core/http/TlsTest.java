package io.reststream.core.http;

import static io.reststream.core.http.Certificates.AUTHORITY;
import static io.reststream.core.http.Certificates.CLIENT;
import static io.reststream.core.http.Certificates.SERVER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reststream.core.RestException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import okhttp3.Protocol;
import okhttp3.tls.HeldCertificate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class TlsTest {
  private static final String PASSWORD = "s3cret-of-the-store";

  @TempDir private Path directory;
  private MockWebServer server;

  @BeforeEach
  void start() throws IOException {
    server = Certificates.server(SERVER, Protocol.HTTP_2, Protocol.HTTP_1_1);
    server.enqueue(new MockResponse.Builder().body("[1]").build());
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private String write(String name, String text) {
    return Certificates.write(directory, name, text);
  }

  private String ask(TlsSettings tls) throws Exception {
    try (JdkTransport transport = new JdkTransport(Sending.secured(tls, HttpVersion.AUTO))) {
      return Sending.text(transport, Certificates.url(server, "/x"));
    }
  }

  private Throwable failure(TlsSettings tls) {
    try (JdkTransport transport = new JdkTransport(Sending.secured(tls, HttpVersion.AUTO))) {
      return Sending.failure(transport, Certificates.url(server, "/x"));
    }
  }

  private static TlsSettings trust(String path, String password) {
    return new TlsSettings(new TrustStore(path, secret(password)), null);
  }

  private TlsSettings keys(String path, String keyPath, String password) {
    return new TlsSettings(
        Certificates.trusting(directory).trust(),
        new KeyStoreFiles(path, keyPath, secret(password)));
  }

  private static Supplier<String> secret(String password) {
    return password == null ? null : () -> password;
  }

  // whom to trust

  @Test
  void serverThatNobodyVouchesForIsRefused() {
    assertThat(failure(TlsSettings.USUAL))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("no TLS connection to https://127.0.0.1:" + server.getPort())
        .hasMessageEndingWith("; option 'trustStore' names the certificates that are trusted");
    assertThat(server.getRequestCount()).isZero();
  }

  @Test
  void trustStoreIsPemOrPkcs12() throws Exception {
    String pem = "# the authority\n" + AUTHORITY.certificatePem() + CLIENT.certificatePem();
    assertThat(ask(trust(write("ca.txt", pem), null))).isEqualTo("[1]");
    server.enqueue(new MockResponse.Builder().body("[2]").build());
    assertThat(ask(trust(Certificates.trustStore(directory, PASSWORD), PASSWORD))).isEqualTo("[2]");
  }

  @Test
  void trustStoreStandsInPlaceOfAllOtherTrust() {
    HeldCertificate other = new HeldCertificate.Builder().certificateAuthority(0).build();
    assertThat(failure(trust(write("other.pem", other.certificatePem()), null)))
        .hasMessageStartingWith("no TLS connection to ");
  }

  @Test
  void certificateForAnotherHostIsRefused() throws Exception {
    server.close();
    HeldCertificate elsewhere =
        new HeldCertificate.Builder()
            .addSubjectAlternativeName("api.example.com")
            .signedBy(AUTHORITY)
            .build();
    server = Certificates.server(elsewhere, Protocol.HTTP_1_1);
    assertThat(failure(Certificates.trusting(directory)))
        .hasMessageStartingWith("no TLS connection to ")
        .hasMessageContaining("127.0.0.1 found");
  }

  @Test
  void certificateThatExpiredIsRefused() throws Exception {
    server.close();
    long day = TimeUnit.DAYS.toMillis(1);
    HeldCertificate expired =
        new HeldCertificate.Builder()
            .addSubjectAlternativeName("127.0.0.1")
            .validityInterval(day, 2 * day)
            .signedBy(AUTHORITY)
            .build();
    server = Certificates.server(expired, Protocol.HTTP_1_1);
    assertThat(failure(Certificates.trusting(directory)))
        .hasMessageStartingWith("no TLS connection to ");
  }

  // who we are

  private void assertKnown(TlsSettings tls) throws Exception {
    assertThat(ask(tls)).isEqualTo("[1]");
    RecordedRequest request = server.takeRequest();
    assertThat(request.getHandshake().peerCertificates()).contains(CLIENT.certificate());
  }

  @Test
  void keyStoreIsPkcs12() throws Exception {
    server.requireClientAuth();
    assertKnown(keys(Certificates.keyStore(directory, CLIENT, PASSWORD), null, PASSWORD));
  }

  @Test
  void keyStoreIsPemWithItsKey() throws Exception {
    server.requireClientAuth();
    String both = CLIENT.privateKeyPkcs8Pem() + CLIENT.certificatePem();
    assertKnown(keys(write("both.pem", both), null, null));
  }

  @Test
  void keyStoreIsPemWithTheKeyInAnotherFile() throws Exception {
    server.requireClientAuth();
    assertKnown(
        keys(
            write("client.pem", CLIENT.certificatePem()),
            write("client.key", CLIENT.privateKeyPkcs8Pem()),
            null));
  }

  @Test
  void keyInPemMayBeEncrypted() throws Exception {
    server.requireClientAuth();
    assertThat(ask(keys(Certificates.withEncryptedKey(), null, PASSWORD))).isEqualTo("[1]");
  }

  @Test
  void keyMayBeOfAnEllipticCurve() throws Exception {
    server.requireClientAuth();
    HeldCertificate curve = new HeldCertificate.Builder().signedBy(AUTHORITY).ecdsa256().build();
    String both = curve.certificatePem() + curve.privateKeyPkcs8Pem();
    assertThat(ask(keys(write("both.pem", both), null, null))).isEqualTo("[1]");
  }

  @Test
  void serverThatAsksForACertificateInVainIsNamed() {
    server.requireClientAuth();
    assertThat(failure(Certificates.trusting(directory)))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("no TLS connection to https://127.0.0.1:" + server.getPort())
        .hasMessageEndingWith("; option 'keyStore' names the certificate that the server asks for");
  }

  // files that cannot be used

  private static void assertRefused(TlsSettings tls, String message) {
    assertThatThrownBy(() -> new JdkTransport(Sending.secured(tls, HttpVersion.AUTO)))
        .isInstanceOf(RestException.class)
        .hasMessage(message)
        .hasStackTraceContaining(message)
        .satisfies(e -> assertThat(stackTrace(e)).doesNotContain(PASSWORD));
  }

  private static String stackTrace(Throwable failure) {
    StringWriter text = new StringWriter();
    failure.printStackTrace(new PrintWriter(text));
    return text.toString();
  }

  @Test
  void fileThatDoesNotExistIsNamed() {
    String path = directory.resolve("absent.pem").toString();
    String message = "Option '%s' names the file '%s', which does not exist.";
    assertRefused(trust(path, null), message.formatted("trustStore", path));
    assertRefused(keys(path, null, null), message.formatted("keyStore", path));
    String client = write("client.pem", CLIENT.certificatePem());
    assertRefused(keys(client, path, null), message.formatted("keyStoreKey", path));
    assertRefused(trust("a\0b", null), message.formatted("trustStore", "a\0b"));
  }

  @Test
  void directoryIsNoFile() {
    assertRefused(
        trust(directory.toString(), null),
        "Option 'trustStore' names the file '%s', which cannot be read: IOException."
            .formatted(directory));
  }

  @Test
  void wrongPasswordIsNamedAndNotShown() throws Exception {
    String trust = Certificates.trustStore(directory, "right");
    assertRefused(
        trust(trust, PASSWORD),
        "Option 'trustStorePassword' does not open the file '%s' that option 'trustStore' names: the password is wrong."
            .formatted(trust));
    String keys = Certificates.keyStore(directory, CLIENT, "right");
    assertRefused(
        keys(keys, null, PASSWORD),
        "Option 'keyStorePassword' does not open the file '%s' that option 'keyStore' names: the password is wrong."
            .formatted(keys));
    String pem = write("client.pem", CLIENT.certificatePem());
    String key = Certificates.withEncryptedKey();
    assertRefused(
        keys(pem, key, "wrong"),
        "Option 'keyStorePassword' does not open the file '%s' that option 'keyStoreKey' names: the password is wrong."
            .formatted(key));
  }

  @Test
  void passwordThatIsMissingIsAskedFor() throws Exception {
    String trust = Certificates.trustStore(directory, PASSWORD);
    assertRefused(
        trust(trust, null),
        "Option 'trustStore' names the file '%s', which holds no certificate that can be read without 'trustStorePassword'."
            .formatted(trust));
    String keys = Certificates.keyStore(directory, CLIENT, PASSWORD);
    assertRefused(
        keys(keys, null, null),
        "Option 'keyStore' names the file '%s', which needs a password: set 'keyStorePassword'."
            .formatted(keys));
    String key = Certificates.withEncryptedKey();
    assertRefused(
        keys(key, null, null),
        "Option 'keyStore' names the file '%s', which needs a password: set 'keyStorePassword'."
            .formatted(key));
  }

  @Test
  void fileWithoutACertificateIsNamed() throws Exception {
    String key = write("key.pem", CLIENT.privateKeyPkcs8Pem());
    String message = "Option '%s' names the file '%s', which holds no certificate.";
    assertRefused(trust(key, null), message.formatted("trustStore", key));
    assertRefused(keys(key, null, null), message.formatted("keyStore", key));
    String broken = write("broken.pem", AUTHORITY.certificatePem().replaceFirst("MII", "AAA"));
    assertRefused(
        trust(broken, null),
        "Option 'trustStore' names the file '%s', which holds a certificate that cannot be read."
            .formatted(broken));
    String text = write("text", "certificate");
    assertRefused(
        trust(text, null),
        "Option 'trustStore' names the file '%s', which is neither PEM nor PKCS12."
            .formatted(text));
    Files.write(directory.resolve("empty"), new byte[0]);
    String empty = directory.resolve("empty").toString();
    assertRefused(
        keys(empty, null, null),
        "Option 'keyStore' names the file '%s', which is neither PEM nor PKCS12.".formatted(empty));
  }

  @Test
  void fileWithoutAKeyIsNamed() throws Exception {
    String pem = write("client.pem", CLIENT.certificatePem());
    assertRefused(
        keys(pem, null, null),
        "Option 'keyStore' names the file '%s', which holds no private key (BEGIN PRIVATE KEY)."
            .formatted(pem));
    String trust = Certificates.trustStore(directory, PASSWORD);
    assertRefused(
        keys(trust, null, PASSWORD),
        "Option 'keyStore' names the file '%s', which holds no private key.".formatted(trust));
    String old = write("old.pem", CLIENT.certificatePem() + CLIENT.privateKeyPkcs1Pem());
    assertRefused(
        keys(old, null, null),
        "Option 'keyStore' names the file '%s', which holds a private key of an older form, not PKCS#8 ('openssl pkcs8 -topk8' converts it)."
            .formatted(old));
    String p12 = Certificates.keyStore(directory, CLIENT, PASSWORD);
    assertRefused(
        keys(p12, pem, PASSWORD),
        "Option 'keyStore' names the file '%s', which is PKCS12 and holds its own key: leave out 'keyStoreKey'."
            .formatted(p12));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void keyOfAnotherCertificateIsNamed(boolean sameAlgorithm) {
    HeldCertificate.Builder other = new HeldCertificate.Builder();
    HeldCertificate held = (sameAlgorithm ? other.rsa2048() : other.ecdsa256()).build();
    String pem = write("mixed.pem", CLIENT.certificatePem() + held.privateKeyPkcs8Pem());
    assertRefused(
        keys(pem, null, null),
        "Option 'keyStore' names the file '%s', which holds a private key that does not belong to the certificate."
            .formatted(pem));
  }

  @Test
  void nothingOfAKeyIsShown() {
    String both = CLIENT.certificatePem() + CLIENT.privateKeyPkcs8Pem();
    StoreFile file = StoreFile.read("keyStore", write("both.pem", both));
    assertThat(file.toString()).startsWith("keyStore=").endsWith("both.pem");
    assertThat(file.pem().toString()).isEqualTo(file.toString());
    assertThat(keys("a", "b", PASSWORD).toString()).doesNotContain(PASSWORD);
  }
}
