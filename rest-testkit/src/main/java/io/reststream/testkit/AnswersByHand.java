package io.reststream.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/**
 * What an API would answer: six records of a recipe's API, made by hand after its documentation, as
 * the file beside this class says. Nothing in it was recorded from the API.
 */
final class AnswersByHand {
  private static final int RECORDS = 6;

  private AnswersByHand() {}

  static List<String> of(String recipe) {
    String file = "recipes/" + recipe + ".json";
    try (InputStream in = AnswersByHand.class.getResourceAsStream(file)) {
      if (in == null) {
        throw new IllegalArgumentException("There is no " + file);
      }
      JsonNode root = new ObjectMapper().readTree(in);
      List<String> records = new ArrayList<>();
      root.path("records").forEach(record -> records.add(record.toString()));
      if (records.size() != RECORDS || !root.path("about").asText().startsWith("Made by hand")) {
        throw new IllegalArgumentException(
            file + " must say that it was made by hand, and hold " + RECORDS + " records");
      }
      return records;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
