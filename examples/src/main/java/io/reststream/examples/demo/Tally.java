package io.reststream.examples.demo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What was delivered, compared with what the server has published, by id and payload.
 *
 * @param records how many were delivered
 * @param polls how often the API was asked
 * @param duplicates how many were delivered although they had been before
 * @param missing how many were published and not delivered
 * @param altered how many were never published like that
 */
record Tally(int records, int polls, int duplicates, int missing, int altered) {
  private static final JsonMapper JSON = new JsonMapper();

  static Tally of(List<String> published, List<String> delivered, int polls) {
    Map<Long, String> awaited = byId(published);
    Map<Long, String> payloads = Map.copyOf(awaited);
    int duplicates = 0;
    int altered = 0;
    for (String record : delivered) {
      long id = id(record);
      if (!record.equals(payloads.get(id))) {
        altered++;
      } else if (awaited.remove(id) == null) {
        duplicates++;
      }
    }
    return new Tally(delivered.size(), polls, duplicates, awaited.size(), altered);
  }

  boolean eachOnce() {
    return records > 0 && duplicates == 0 && missing == 0 && altered == 0;
  }

  private static Map<Long, String> byId(List<String> records) {
    Map<Long, String> byId = new HashMap<>();
    records.forEach(record -> byId.put(id(record), record));
    return byId;
  }

  private static long id(String record) {
    try {
      return JSON.readTree(record).required("id").longValue();
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("Not a record of the shop: " + record, e);
    }
  }

  @Override
  public String toString() {
    return "records %d, polls %d, duplicates %d, missing %d%s"
        .formatted(records, polls, duplicates, missing, altered == 0 ? "" : ", altered " + altered);
  }
}
