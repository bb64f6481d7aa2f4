package io.reststream.core.http;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.List;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKey;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import org.jspecify.annotations.Nullable;

/** Reads a private key from PEM: PKCS#8 (RFC 5958), as it is or encrypted. */
final class PemKey {
  private static final List<String> ALGORITHMS = List.of("RSA", "EC", "EdDSA", "RSASSA-PSS");

  private PemKey() {}

  static PrivateKey read(StoreFile file, String passwordOption, @Nullable String password)
      throws NoSuchAlgorithmException {
    PemBlocks blocks = file.pem();
    Optional<byte[]> plain = blocks.first("PRIVATE KEY");
    if (plain.isPresent()) {
      return key(file, new PKCS8EncodedKeySpec(plain.get()));
    }
    Optional<byte[]> encrypted = blocks.first("ENCRYPTED PRIVATE KEY");
    if (encrypted.isPresent()) {
      return key(file, decrypted(file, encrypted.get(), passwordOption, password));
    }
    throw file.problem(
        blocks.first(".+ PRIVATE KEY").isPresent()
            ? "holds a private key of an older form, not PKCS#8 ('openssl pkcs8 -topk8' converts it)"
            : "holds no private key (BEGIN PRIVATE KEY)",
        null);
  }

  private static PKCS8EncodedKeySpec decrypted(
      StoreFile file, byte[] block, String passwordOption, @Nullable String password) {
    if (password == null) {
      throw file.notOpened(passwordOption, null, new InvalidKeyException("encrypted"));
    }
    EncryptedPrivateKeyInfo info;
    Cipher cipher;
    SecretKey opens;
    try {
      info = new EncryptedPrivateKeyInfo(block);
      // For PBES2 the parameters know the algorithm, and getAlgName only that it is PBES2.
      String algorithm =
          info.getAlgName().equals("PBES2")
              ? info.getAlgParameters().toString()
              : info.getAlgName();
      opens =
          SecretKeyFactory.getInstance(algorithm)
              .generateSecret(new PBEKeySpec(password.toCharArray()));
      cipher = Cipher.getInstance(algorithm);
      cipher.init(Cipher.DECRYPT_MODE, opens, info.getAlgParameters());
    } catch (IOException | GeneralSecurityException e) {
      throw file.problem("holds a private key that is encrypted in a way not known here", e);
    }
    try {
      return info.getKeySpec(cipher);
    } catch (InvalidKeySpecException e) {
      throw file.notOpened(passwordOption, password, e);
    }
  }

  private static PrivateKey key(StoreFile file, PKCS8EncodedKeySpec spec)
      throws NoSuchAlgorithmException {
    for (String algorithm : ALGORITHMS) {
      try {
        return KeyFactory.getInstance(algorithm).generatePrivate(spec);
      } catch (InvalidKeySpecException e) {
        continue; // of another algorithm
      }
    }
    throw file.problem(
        "holds a private key that is none of " + String.join(", ", ALGORITHMS), null);
  }

  /** Whether what one signs the other verifies. */
  static boolean isPair(PrivateKey signs, PublicKey verifies) throws GeneralSecurityException {
    String signature =
        switch (signs.getAlgorithm()) {
          case "RSA" -> "SHA256withRSA";
          case "EC" -> "SHA256withECDSA";
          default -> "";
        };
    if (signature.isEmpty()) {
      return signs.getAlgorithm().equals(verifies.getAlgorithm());
    }
    if (!verifies.getAlgorithm().equals(signs.getAlgorithm())) {
      return false;
    }
    byte[] text = {1, 2, 3};
    Signature signing = Signature.getInstance(signature);
    signing.initSign(signs);
    signing.update(text);
    Signature verifying = Signature.getInstance(signature);
    verifying.initVerify(verifies);
    verifying.update(text);
    return verifying.verify(signing.sign());
  }
}
