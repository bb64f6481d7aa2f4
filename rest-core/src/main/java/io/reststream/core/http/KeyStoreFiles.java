package io.reststream.core.http;

import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.UnrecoverableKeyException;
import java.security.cert.X509Certificate;
import java.util.Collections;
import java.util.List;
import java.util.function.Supplier;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import org.jspecify.annotations.Nullable;

/**
 * Our own certificate and its key.
 *
 * @param path a file, PEM (the certificate, then those that signed it) or PKCS12
 * @param keyPath a second PEM file with the private key; null when it stands in the first
 * @param password what opens a PKCS12 file or an encrypted key; null when nothing is encrypted
 */
public record KeyStoreFiles(
    String path, @Nullable String keyPath, @Nullable Supplier<String> password) {
  private static final String OPTION = "keyStore";
  private static final String KEY_OPTION = "keyStoreKey";
  private static final String PASSWORD_OPTION = "keyStorePassword";

  List<String> parts() {
    return List.of(
        StoreFile.read(OPTION, path).text(),
        path,
        keyPath == null ? "" : StoreFile.read(KEY_OPTION, keyPath).text(),
        keyPath == null ? "" : keyPath,
        password == null ? "" : password.get());
  }

  KeyManager[] managers() throws GeneralSecurityException {
    StoreFile file = StoreFile.read(OPTION, path);
    String opens = password == null ? null : password.get();
    char[] secret = opens == null ? new char[0] : opens.toCharArray();
    KeyStore store = file.isPem() ? fromPem(file, opens, secret) : fromPkcs12(file, opens);
    KeyManagerFactory factory =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    try {
      factory.init(store, secret);
    } catch (UnrecoverableKeyException e) {
      throw file.notOpened(PASSWORD_OPTION, opens, e);
    }
    return factory.getKeyManagers();
  }

  private KeyStore fromPem(StoreFile file, @Nullable String opens, char[] secret)
      throws GeneralSecurityException {
    List<X509Certificate> chain = file.pem().certificates();
    if (chain.isEmpty()) {
      throw file.problem("holds no certificate", null);
    }
    StoreFile keyFile = keyPath == null ? file : StoreFile.read(KEY_OPTION, keyPath);
    PrivateKey key = PemKey.read(keyFile, PASSWORD_OPTION, opens);
    if (!PemKey.isPair(key, chain.get(0).getPublicKey())) {
      throw keyFile.problem("holds a private key that does not belong to the certificate", null);
    }
    KeyStore store = TrustStore.emptyStore();
    store.setKeyEntry("identity", key, secret, chain.toArray(X509Certificate[]::new));
    return store;
  }

  private KeyStore fromPkcs12(StoreFile file, @Nullable String opens)
      throws GeneralSecurityException {
    if (keyPath != null) {
      throw file.problem("is PKCS12 and holds its own key: leave out 'keyStoreKey'", null);
    }
    KeyStore store = file.keyStore(PASSWORD_OPTION, opens);
    for (String alias : Collections.list(store.aliases())) {
      if (store.isKeyEntry(alias)) {
        return store;
      }
    }
    throw file.problem("holds no private key", null);
  }
}
