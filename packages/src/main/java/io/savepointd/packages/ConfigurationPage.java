package io.savepointd.packages;

import java.util.List;

/** savepointd.conf(5): the very list of keys that the program reads. */
final class ConfigurationPage {
  private ConfigurationPage() {}

  static String of(String reference, String version) {
    Roff page = new Roff("savepointd.conf", 5, version, "the configuration of savepointd");
    page.section("SYNOPSIS");
    page.paragraph("/etc/savepointd/application.conf, /etc/savepointd/NAME.conf");
    page.section("DESCRIPTION");
    page.paragraph(
        "The configuration says where savepoints lie, which Flink clusters there are and which jobs"
            + " to keep running on them. application.conf is that of savepointd.service, NAME.conf"
            + " that of savepointd@NAME.service. Each file has a storage root of its own.");
    page.paragraph(
        "It is HOCON: a.b = 1 and a { b = 1 } say the same, addresses and cron expressions are in"
            + " double quotes, # begins a comment, ${NAME} takes a value from the environment, and"
            + " include required(\"more.conf\") another file. Durations have a unit: ms, s, m, h, d.");
    page.paragraph(
        "savepointd check-config tells every fault with its line. A file with a fault is refused"
            + " whole. After a change: systemctl reload savepointd.");
    page.section("KEYS");
    page.paragraph("Every key with its default, as the program itself has them:");
    page.verbatim(reference);
    page.section("FILES");
    page.tagged(
        "/usr/share/doc/savepointd/docs/configuration.md",
        List.of("Every key explained, cron, time zones, retention."));
    page.section("SEE ALSO");
    page.paragraph("savepointd(1)");
    return page.text();
  }
}
