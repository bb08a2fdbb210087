package io.savepointd.doctor;

/** What a check has come to. */
public sealed interface Verdict {
  /** The word it is told by, four letters long at most. */
  String word();

  /** What was found, or why nothing was looked for. */
  String found();

  /** What to do about it; empty where there is nothing to do. */
  String remedy();

  /** As it should be. */
  record Ok(String found) implements Verdict {
    @Override
    public String word() {
      return "ok";
    }

    @Override
    public String remedy() {
      return "";
    }
  }

  /** It works, but not for ever, or not as one may think. */
  record Warn(String found, String remedy) implements Verdict {
    @Override
    public String word() {
      return "warn";
    }
  }

  /** The daemon can't do its work like this. */
  record Failed(String found, String remedy) implements Verdict {
    @Override
    public String word() {
      return "FAIL";
    }
  }

  /** Not looked at, for the reason given. */
  record Skipped(String found) implements Verdict {
    @Override
    public String word() {
      return "skip";
    }

    @Override
    public String remedy() {
      return "";
    }
  }
}
