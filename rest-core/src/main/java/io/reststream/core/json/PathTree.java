package io.reststream.core.json;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The paths that a scan looks for, as a tree of names. A node may be a target and have more targets
 * below it.
 */
final class PathTree {
  private String[] names = new String[0];
  private PathTree[] children = new PathTree[0];
  private final Map<ElementSelector, PathTree> selected = new LinkedHashMap<>();
  private int target = -1;
  private int[] watched = new int[0];

  /** Adds a path; what it leads to is reported as {@code target}. */
  void add(FieldPath path, int target) {
    PathTree node = this;
    for (String segment : path.segments()) {
      node = node.childOrNew(segment);
    }
    node.target = target;
  }

  /** Adds a path whose value a condition is about. */
  void watch(FieldPath path, int condition) {
    PathTree node = this;
    for (String segment : path.segments()) {
      node = node.childOrNew(segment);
    }
    node.watched = Arrays.copyOf(node.watched, node.watched.length + 1);
    node.watched[node.watched.length - 1] = condition;
  }

  private PathTree childOrNew(String name) {
    ElementSelector selector = ElementSelector.of(name);
    if (selector != null) {
      return selected.computeIfAbsent(selector, same -> new PathTree());
    }
    PathTree child = child(name);
    if (child == null) {
      child = new PathTree();
      names = Arrays.copyOf(names, names.length + 1);
      children = Arrays.copyOf(children, names.length);
      names[names.length - 1] = name;
      children[names.length - 1] = child;
    }
    return child;
  }

  /** What is looked for below a name; null for nothing. */
  @Nullable PathTree child(String name) {
    for (int i = 0; i < names.length; i++) {
      if (names[i].equals(name)) {
        return children[i];
      }
    }
    return null;
  }

  /** What is looked for at an index of an array. */
  @Nullable PathTree child(int index) {
    return names.length == 0 ? null : child(Integer.toString(index));
  }

  /** What is looked for in the elements of an array that have some value in a field. */
  Map<ElementSelector, PathTree> selected() {
    return selected;
  }

  boolean hasChildren() {
    return names.length > 0 || !selected.isEmpty();
  }

  /** The conditions that are about the value here. */
  int[] watched() {
    return watched;
  }

  /** What the value here is; negative for nothing. */
  int target() {
    return target;
  }
}
