package io.savepointd.job;

/** What {@code --help} prints. */
final class Usage {
  static final String TEXT =
      """
      averaging-job: running averages of longs by key

        --source socket|sequence  where the records come from (default: socket)
        --parallelism N           1 to 128 (default: what the submission says)
        --emit running|reset      running: each average is over all records of its key (default);
                                  reset: the state of a key is cleared after each average
        --sink print|discard      print: to the TaskManagers' standard output (default);
                                  discard: nowhere
        --results DIR             when the input ends, write `key count sum average` of every key
                                  to DIR/averages.txt
        --help                    print this and submit nothing

      With --source socket, lines `key value` from a TCP server:
        --host HOST               default: localhost
        --port PORT               1 to 65535 (default: 9999)

      With --source sequence, record i (from 0) has key i modulo K and value i:
        --count N                 end after N records (default: never)
        --rate N                  records a second, 0 for no limit (default: 0)
        --keys K                  default: 10

      An argument is written `--name value` or `--name=value`.""";

  private Usage() {}
}
