package io.savepointd.storage;

/** What a login is made with. Used by one thread. */
interface Credentials {
  /** Another value after each change that makes it worth trying again at once; asks nobody. */
  String stamp();

  /**
   * Logs in, or in again, for all of Hadoop in this process. A failure leaves a former login as it
   * was. May block for as long as the KDC is silent.
   */
  Ticket logIn() throws LoginFault;
}
