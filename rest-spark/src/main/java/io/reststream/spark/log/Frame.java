package io.reststream.spark.log;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInput;
import java.io.DataInputStream;
import java.io.DataOutput;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * The frame that every file of the page log begins with: what it is, in which version, a header,
 * and a checksum over all of that. See docs/page-log.md.
 *
 * @param version the version of the format that it is written in
 * @param header the header's bytes
 * @param checksum the SHA-256 over prefix and header, in hex: the identity of the file
 * @param length how long the frame is, from the file's first byte
 */
record Frame(int version, byte[] header, String checksum, long length) {
  static final int VERSION = 3;
  static final int PREFIX_BYTES = 16;
  static final int CHECKSUM_BYTES = 32;
  private static final int MAGIC = 0x52504C47; // RPLG

  /** What a file holds. */
  enum Kind {
    HEAD('H'),
    SEGMENT('S'),
    SNAPSHOT('P'),
    MOVES('M'),
    SEAL('E');

    private final byte code;

    Kind(char code) {
      this.code = (byte) code;
    }
  }

  /** Writes a header's fields. */
  interface Header {
    void write(DataOutput out) throws IOException;
  }

  /** Reads a header's fields. */
  interface HeaderReader<T> {
    T read(DataInput in) throws IOException;
  }

  static byte[] encode(Kind kind, Header header) {
    try {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream(1024);
      bytes.writeBytes(new byte[PREFIX_BYTES]);
      header.write(new DataOutputStream(bytes));
      bytes.writeBytes(new byte[CHECKSUM_BYTES]);
      byte[] frame = bytes.toByteArray();
      int sealed = frame.length - CHECKSUM_BYTES;
      ByteBuffer prefix = ByteBuffer.wrap(frame, 0, PREFIX_BYTES);
      prefix.putInt(MAGIC).put(kind.code).put((byte) VERSION).putShort((short) 0);
      prefix.putInt(sealed - PREFIX_BYTES).putInt(crc(frame, 0, PREFIX_BYTES - 4));
      System.arraycopy(sha256(frame, sealed), 0, frame, sealed, CHECKSUM_BYTES);
      return frame;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String checksum(byte[] frame) {
    return HexFormat.of().formatHex(frame, frame.length - CHECKSUM_BYTES, frame.length);
  }

  /**
   * Reads the frame of a file; empty if the file is torn, that is, shorter than its frame, or never
   * reached the disk.
   *
   * @throws PageLogException if the frame is damaged, or of a newer version
   */
  static Optional<Frame> read(LogStore.StoredFile file, String name, Kind kind) throws IOException {
    if (file.length() < PREFIX_BYTES) {
      return Optional.empty();
    }
    byte[] prefix = new byte[PREFIX_BYTES];
    file.read(0, prefix);
    ByteBuffer fields = ByteBuffer.wrap(prefix);
    if (fields.equals(ByteBuffer.allocate(PREFIX_BYTES))) {
      return Optional.empty();
    }
    if (fields.getInt() != MAGIC || fields.getInt(PREFIX_BYTES - 4) != crc(prefix, 0, 12)) {
      throw PageLogException.damaged(name, "its first 16 bytes are not those of a page log file");
    }
    byte code = fields.get();
    int version = Byte.toUnsignedInt(fields.get());
    if (version > VERSION) {
      throw PageLogException.newer(name, version);
    }
    if (code != kind.code) {
      throw PageLogException.damaged(
          name, "it is of kind '%c' instead of '%c'".formatted(code, kind.code));
    }
    int headerBytes = fields.getInt(8);
    long length = (long) PREFIX_BYTES + headerBytes + CHECKSUM_BYTES;
    if (file.length() < length) {
      return Optional.empty();
    }
    byte[] frame = new byte[(int) length];
    file.read(0, frame);
    int sealed = PREFIX_BYTES + headerBytes;
    if (!MessageDigest.isEqual(
        sha256(frame, sealed), java.util.Arrays.copyOfRange(frame, sealed, frame.length))) {
      throw PageLogException.damaged(name, "its header does not match its checksum");
    }
    byte[] header = java.util.Arrays.copyOfRange(frame, PREFIX_BYTES, sealed);
    return Optional.of(new Frame(version, header, checksum(frame), length));
  }

  /** The header's fields, of a frame whose checksum held. */
  <T> T fields(HeaderReader<T> reader) throws IOException {
    return reader.read(new DataInputStream(new ByteArrayInputStream(header)));
  }

  static int crc(byte[] bytes, int from, int length) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, from, length);
    return (int) crc.getValue();
  }

  static void writeText(DataOutput out, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  static String readText(DataInput in) throws IOException {
    byte[] bytes = new byte[in.readInt()];
    in.readFully(bytes);
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private static byte[] sha256(byte[] bytes, int length) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(bytes, 0, length);
      return digest.digest();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256", e);
    }
  }
}
