package io.reststream.flink.kill;

/** When a TaskManager is killed. */
enum Moment {
  /** Its requests are with the API, which has not begun to answer. */
  REQUEST_OPEN,

  /** The answers to its requests have begun, but their bodies have not come. */
  ANSWER_OPEN,

  /** It is in the middle of emitting records. */
  RECORD_EMITTED,

  /** A task of it is saving its state, and the checkpoint is not complete. */
  STATE_BEING_SAVED,

  /** A checkpoint is complete, and it does not know that yet: the sink has not committed. */
  CHECKPOINT_COMPLETE,

  /** It has committed what a complete checkpoint holds. */
  CHECKPOINT_COMMITTED,

  /** It replaces one that was killed, and is taking over that one's state. */
  STATE_BEING_RESTORED,

  /** The API has had some more requests. */
  ANY
}
