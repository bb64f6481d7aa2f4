package io.reststream.core.http;

import java.io.IOException;

/** The transport was closed before the answer came; another one may be asked. */
public final class TransportClosedException extends IOException {
  private static final long serialVersionUID = 1L;

  public TransportClosedException() {
    super("the transport was closed");
  }
}
