package io.reststream.testkit.link;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * What a class file names: a class, or a method or field of one. The format is that of chapter 4.4
 * of the Java Virtual Machine Specification.
 *
 * @param owner the class, as {@link Class#forName} wants it
 * @param name the member's name; empty for the class itself
 * @param descriptor the member's types; empty for the class itself
 */
record Reference(String owner, String name, String descriptor) {
  private static final int MAGIC = 0xCAFEBABE;
  private static final String ARRAY = "[";

  boolean isClass() {
    return name.isEmpty();
  }

  boolean isMethod() {
    return descriptor.startsWith("(");
  }

  @Override
  public String toString() {
    return isClass() ? owner : owner + "." + name + (isMethod() ? "" : " ") + descriptor;
  }

  /** All references of a class file; those to arrays, which are always there, left out. */
  static Set<Reference> of(InputStream classFile) throws IOException {
    DataInputStream in = new DataInputStream(classFile);
    if (in.readInt() != MAGIC) {
      throw new IOException("No class file");
    }
    in.readInt(); // its version
    return new Pool(in).references();
  }

  /** The constants by their index: a text, or the two indexes that a constant is made of. */
  private static final class Pool {
    private final String[] texts;
    private final int[] tags;
    private final int[][] parts;

    Pool(DataInputStream in) throws IOException {
      int size = in.readUnsignedShort();
      texts = new String[size];
      tags = new int[size];
      parts = new int[size][];
      for (int i = 1; i < size; i++) {
        tags[i] = in.readUnsignedByte();
        switch (tags[i]) {
          case 1 -> texts[i] = in.readUTF();
          case 3, 4 -> in.readInt();
          case 5, 6 -> {
            in.readLong();
            i++; // takes two places
          }
          case 7, 8, 16, 19, 20 -> parts[i] = new int[] {in.readUnsignedShort()};
          case 9, 10, 11, 12, 17, 18 ->
              parts[i] = new int[] {in.readUnsignedShort(), in.readUnsignedShort()};
          case 15 -> parts[i] = new int[] {in.readUnsignedByte(), in.readUnsignedShort()};
          default -> throw new IOException("An unknown constant: " + tags[i]);
        }
      }
    }

    private String type(int index) {
      return texts[parts[index][0]].replace('/', '.');
    }

    Set<Reference> references() {
      Set<Reference> found = new LinkedHashSet<>();
      for (int i = 1; i < tags.length; i++) {
        if (tags[i] == 7) {
          found.add(new Reference(type(i), "", ""));
        } else if (tags[i] >= 9 && tags[i] <= 11) {
          int[] nameAndType = parts[parts[i][1]];
          found.add(new Reference(type(parts[i][0]), texts[nameAndType[0]], texts[nameAndType[1]]));
        }
      }
      found.removeIf(reference -> reference.owner().startsWith(ARRAY));
      return found;
    }
  }
}
