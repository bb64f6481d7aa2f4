-- Counts the events of each kind in windows of ten seconds, and writes the counts to files.
-- Leave 'scan.bounded' out to read on for ever.

CREATE TABLE events (
  id BIGINT,
  event_type STRING,
  `timestamp` BIGINT,
  happened AS TO_TIMESTAMP_LTZ(`timestamp`, 0),
  WATERMARK FOR happened AS happened - INTERVAL '5' SECOND
) WITH (
  'connector' = 'rest',
  'url' = '${api}/events?since={timestamp}',
  'offset-type' = 'timestamp',
  'offset-field' = 'timestamp',
  'data-field' = 'events',
  'streaming-interval' = '1',
  'scan.bounded' = 'true'
);

CREATE TABLE counts (
  window_start TIMESTAMP(3),
  event_type STRING,
  events BIGINT
) WITH (
  'connector' = 'filesystem',
  'path' = '${output}',
  'format' = 'json'
);

INSERT INTO counts
SELECT window_start, event_type, COUNT(*)
FROM TABLE(TUMBLE(TABLE events, DESCRIPTOR(happened), INTERVAL '10' SECOND))
GROUP BY window_start, window_end, event_type;
