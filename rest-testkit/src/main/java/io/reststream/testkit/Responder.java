package io.reststream.testkit;

/** Answers requests; called by several threads at once. An {@link Endpoint} is the usual one. */
@FunctionalInterface
public interface Responder {

  /** The answer to {@code request}. */
  Answer answer(Request request);
}
