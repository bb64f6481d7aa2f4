package io.reststream.core.http;

import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The blocks of a PEM file (RFC 7468). What stands around them is for people. */
record PemBlocks(StoreFile file, String text) {
  static final String BEGIN = "-----BEGIN ";
  private static final Pattern BLOCK =
      Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----([^-]*)-----END \\1-----");

  /** The certificates, in the order of the file. */
  List<X509Certificate> certificates() throws CertificateException {
    CertificateFactory factory = CertificateFactory.getInstance("X.509");
    List<X509Certificate> certificates = new ArrayList<>();
    for (byte[] block : blocks("(X509 |TRUSTED )?CERTIFICATE")) {
      try {
        certificates.add(
            (X509Certificate) factory.generateCertificate(new ByteArrayInputStream(block)));
      } catch (GeneralSecurityException e) {
        throw file.problem("holds a certificate that cannot be read", e);
      }
    }
    return certificates;
  }

  /** The first block of a kind. */
  Optional<byte[]> first(String kind) {
    return blocks(kind).stream().findFirst();
  }

  private List<byte[]> blocks(String kind) {
    List<byte[]> blocks = new ArrayList<>();
    Matcher block = BLOCK.matcher(text);
    while (block.find()) {
      if (block.group(1).matches(kind)) {
        try {
          blocks.add(Base64.getMimeDecoder().decode(block.group(2)));
        } catch (IllegalArgumentException e) {
          throw file.problem("holds a PEM block that is not Base64", e);
        }
      }
    }
    return blocks;
  }

  /** The file; its text may be a key. */
  @Override
  public String toString() {
    return file.toString();
  }
}
