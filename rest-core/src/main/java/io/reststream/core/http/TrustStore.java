package io.reststream.core.http;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.function.Supplier;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/**
 * The certificates that are trusted.
 *
 * @param path a file, PEM or PKCS12
 * @param password what opens it; null when it needs none, as PEM never does
 */
public record TrustStore(String path, @Nullable Supplier<String> password) {
  private static final String OPTION = "trustStore";

  List<String> parts() {
    return List.of(
        StoreFile.read(OPTION, path).text(), path, password == null ? "" : password.get());
  }

  TrustManager[] managers() throws GeneralSecurityException {
    StoreFile file = StoreFile.read(OPTION, path);
    KeyStore store = file.isPem() ? fromPem(file) : fromPkcs12(file);
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(store);
    return factory.getTrustManagers();
  }

  private static KeyStore fromPem(StoreFile file) throws GeneralSecurityException {
    List<X509Certificate> certificates = file.pem().certificates();
    if (certificates.isEmpty()) {
      throw file.problem("holds no certificate", null);
    }
    KeyStore store = emptyStore();
    for (int i = 0; i < certificates.size(); i++) {
      store.setCertificateEntry("trusted-" + i, certificates.get(i));
    }
    return store;
  }

  private KeyStore fromPkcs12(StoreFile file) throws GeneralSecurityException {
    String opens = password == null ? null : password.get();
    KeyStore store = file.keyStore("trustStorePassword", opens);
    if (store.size() == 0) {
      throw file.problem(
          opens == null
              ? "holds no certificate that can be read without 'trustStorePassword'"
              : "holds no certificate that is marked as trusted (as keytool does it); PEM needs no mark",
          null);
    }
    return store;
  }

  static KeyStore emptyStore() throws GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    try {
      store.load(null, null);
    } catch (IOException e) {
      throw new GeneralSecurityException(e);
    }
    return store;
  }
}
