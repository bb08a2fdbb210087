package io.savepointd.job;

import java.util.OptionalLong;

/** Which input the job reads. */
sealed interface InputSettings {
  /** Lines {@code key value} from a TCP server. */
  record SocketInput(String host, int port) implements InputSettings {}

  /**
   * The numbers from 0 on.
   *
   * @param count how many; empty means without end
   * @param rate records a second; empty means as fast as the job takes them
   * @param keys how many keys they are spread over
   */
  record SequenceInput(OptionalLong count, OptionalLong rate, long keys) implements InputSettings {}
}
