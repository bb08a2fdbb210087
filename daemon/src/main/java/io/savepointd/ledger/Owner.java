package io.savepointd.ledger;

/**
 * Who writes a ledger segment. Two owners with the same {@code bootId} and {@code pidNamespace} can
 * see each other's processes: there, a process that isn't in the process table (or whose start time
 * differs) is known to be dead.
 *
 * @param id drawn anew by each process that opens a ledger
 * @param bootId Linux's {@code /proc/sys/kernel/random/boot_id}, empty where there is none
 * @param pidNamespace target of {@code /proc/self/ns/pid}, empty where there is none
 * @param processStartedAt of the process {@code pid}, in epoch milliseconds
 */
public record Owner(
    String id,
    String host,
    String bootId,
    String pidNamespace,
    long pid,
    long processStartedAt,
    String version) {

  @Override
  public String toString() {
    return "process " + pid + " on " + host;
  }
}
