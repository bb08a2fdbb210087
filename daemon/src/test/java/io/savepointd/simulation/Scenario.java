package io.savepointd.simulation;

import io.savepointd.model.CheckpointRetention;
import io.savepointd.schedule.CronSchedule;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What one simulation is about, drawn from its seed.
 *
 * @param perDay how often each fault comes by itself
 * @param slow of a hundred savepoints, how many take longer than anybody waits
 * @param slowest how long anything else on the cluster may take
 * @param latestState whether the job is brought back from checkpoints too
 * @param retention how long Flink keeps these
 */
record Scenario(
    long seed,
    Instant start,
    int days,
    Duration watch,
    Plan plan,
    int keepLast,
    boolean highlyAvailable,
    Duration savepointTimeout,
    Duration leftoverGrace,
    int walkBack,
    int deathsUntilHeld,
    Map<Fault, Double> perDay,
    Net net,
    int slow,
    Duration slowest,
    boolean latestState,
    CheckpointRetention retention) {

  /** Faults that come by themselves. */
  enum Fault {
    CRASH,
    ORDERLY_RESTART,
    JOB_MANAGER_LOSS,
    RUN_ENDS,
    RUN_RESTARTS,
    CLUSTER_UNREACHABLE,
    STORAGE_UNAVAILABLE,
    SAVEPOINT_DAMAGED,
    SAVEPOINT_VANISHES,
    LEDGER_FAILS_ONCE,
    LEDGER_DISK_DOWN,
    LEDGER_GARBAGE,
    SECOND_DAEMON,
    HANG,
    CLOCK_STEP,
    WRONG_ORIGIN,
    SUBMISSION_REFUSED,
    PERSON
  }

  /**
   * One schedule, as people think of it.
   *
   * @param atMost the longest time between two firings, on whatever day of the year
   */
  record Plan(CronSchedule cron, Duration atMost) {}

  /** How likely each single request goes astray. */
  record Net(
      double lostBefore,
      double lostAfter,
      double late,
      double twice,
      double unanswered,
      double savepointFails,
      double savepointHalf,
      double storageFails,
      double deletionDies) {
    static final Net PERFECT = new Net(0, 0, 0, 0, 0, 0, 0, 0, 0);
  }

  private static final List<String> STARTS =
      List.of(
          "2026-03-27T09:00:00Z", // before summer time in Berlin
          "2026-10-23T09:00:00Z", // before winter time in Berlin
          "2026-03-06T15:00:00Z", // before summer time in New York
          "2026-10-30T15:00:00Z", // before winter time in New York
          "2026-06-01T00:00:00Z",
          "2027-12-30T22:59:59Z");

  static Scenario of(long seed, int days) {
    Dice dice = new Dice(~seed);
    boolean calm = dice.chance(0.2);
    Map<Fault, Double> perDay = dice.chance(0.35) ? fewButOften(dice) : many(dice, calm);
    boolean netFails = dice.chance(calm ? 0.2 : 0.7);
    return new Scenario(
        seed,
        Instant.parse(dice.one(STARTS)).plusSeconds(dice.between(0, 86_400)),
        days,
        dice.duration(Duration.ofSeconds(dice.chance(0.04) ? 10 : 180), Duration.ofMinutes(10)),
        plan(dice),
        dice.between(1, 5),
        dice.chance(0.6),
        dice.duration(Duration.ofMinutes(2), Duration.ofMinutes(20)),
        dice.duration(Duration.ofMinutes(10), Duration.ofHours(3)),
        dice.between(0, 2),
        dice.between(4, 12),
        perDay,
        netFails ? net(dice) : Net.PERFECT,
        dice.chance(0.3) ? dice.between(1, 20) : 0,
        dice.duration(Duration.ofSeconds(2), Duration.ofSeconds(90)),
        dice.chance(0.4),
        dice.one(List.of(CheckpointRetention.values())));
  }

  /** Savepoints every hour, and nothing that goes wrong by itself. */
  static Scenario eventful(long seed) {
    CronSchedule hourly = CronSchedule.parse("0 10 * * * ?", ZoneId.of("UTC"));
    return new Scenario(
        seed,
        Instant.parse("2026-06-01T08:00:00Z"),
        1,
        Duration.ofMinutes(10),
        new Plan(hourly, Duration.ofHours(2)),
        2,
        false,
        Duration.ofMinutes(3),
        Duration.ofMinutes(10),
        0,
        10,
        Map.of(),
        Net.PERFECT,
        0,
        Duration.ofMillis(700),
        false,
        CheckpointRetention.NEVER);
  }

  private static Map<Fault, Double> many(Dice dice, boolean calm) {
    Map<Fault, Double> perDay = new EnumMap<>(Fault.class);
    for (Fault fault : Fault.values()) {
      double rate = dice.chance(calm ? 0.15 : 0.5) ? dice.log(0.05, most(fault)) : 0;
      perDay.put(fault, rate);
    }
    return perDay;
  }

  /** What several of them make of each other is seen only where they meet. */
  private static Map<Fault, Double> fewButOften(Dice dice) {
    Map<Fault, Double> perDay = new EnumMap<>(Fault.class);
    for (int i = 0; i < 3; i++) {
      Fault fault = dice.one(List.of(Fault.values()));
      perDay.put(fault, dice.log(most(fault), 3 * most(fault)));
    }
    return perDay;
  }

  private static double most(Fault fault) {
    return switch (fault) {
      case PERSON, RUN_ENDS -> 6;
      case CRASH, LEDGER_FAILS_ONCE -> 3;
      case SECOND_DAEMON, HANG, LEDGER_GARBAGE -> 0.7;
      default -> 2;
    };
  }

  private static Net net(Dice dice) {
    return new Net(
        some(dice),
        some(dice),
        some(dice),
        some(dice),
        some(dice) / 4,
        some(dice),
        some(dice),
        some(dice) / 4,
        some(dice));
  }

  private static double some(Dice dice) {
    return dice.chance(0.6) ? dice.log(0.01, 0.5) : 0;
  }

  private static Plan plan(Dice dice) {
    ZoneId zone =
        ZoneId.of(dice.one(List.of("Europe/Berlin", "America/New_York", "UTC", "Asia/Kolkata")));
    int minute = dice.between(0, 59);
    int kind = dice.between(0, 9);
    if (kind < 2) {
      // One that is due in the hour that a spring night leaves out is skipped that day.
      String cron = "0 " + minute + " " + dice.between(0, 23) + " * * ?";
      return new Plan(CronSchedule.parse(cron, zone), Duration.ofHours(50));
    }
    int hours = dice.one(List.of(1, 2, 3, 4, 6, 6, 8, 12));
    String cron = "0 " + minute + " 0/" + hours + " * * ?";
    return new Plan(CronSchedule.parse(cron, zone), Duration.ofHours(2L * hours + 1));
  }

  double rate(Fault fault) {
    return perDay.getOrDefault(fault, 0.0);
  }
}
