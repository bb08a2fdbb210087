package io.savepointd.doctor;

import java.io.IOException;

/** The Java that runs this command, which the launcher gives the daemon as well. */
final class JavaCheck implements Check {
  private static final int OLDEST = 17;
  private static final String REMEDY =
      "install a 64-bit Java 17 or newer and name it by JAVA_HOME or SAVEPOINTD_JAVA_HOME";

  private final Machine machine;

  JavaCheck(Machine machine) {
    this.machine = machine;
  }

  @Override
  public String name() {
    return "java";
  }

  @Override
  public Verdict look() {
    String found =
        machine.javaVersion()
            + ", "
            + machine.javaVendor()
            + (machine.bits().isEmpty() ? "" : ", " + machine.bits() + "-bit")
            + ", "
            + machine.javaHome();
    if (machine.javaRelease() < OLDEST) {
      return new Verdict.Failed(found, REMEDY);
    }
    return machine.bits().equals("32")
        ? new Verdict.Warn(found + ": its memory is small", REMEDY)
        : new Verdict.Ok(found);
  }

  @Override
  public String remedy(IOException failure) {
    return REMEDY;
  }
}
