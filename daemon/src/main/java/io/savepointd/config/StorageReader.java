package io.savepointd.config;

import com.typesafe.config.ConfigValue;
import io.savepointd.storage.KerberosSettings;
import io.savepointd.storage.StorageSettings;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads {@code storage}. */
final class StorageReader {
  /** primary/instance@REALM, of which the last two may be left out. */
  private static final Pattern PRINCIPAL =
      Pattern.compile("[^\\s/@]+(?:/(?<host>[^\\s/@]+))?(?:@(?<realm>[^\\s/@]+))?");

  /** What {@code LoadCredential=keytab:…} of a unit calls the file. */
  private static final String CREDENTIAL = "keytab";

  private final FilePaths paths;
  private final Map<String, String> environment;

  StorageReader(FilePaths paths, Map<String, String> environment) {
    this.paths = paths;
    this.environment = environment;
  }

  StorageSettings read(Section storage) {
    Optional<String> root = storage.read("root", Addresses::storageRoot);
    return new StorageSettings(root, kerberos(storage.section("kerberos")));
  }

  /**
   * The keytab may be known only to the service: commands that a person types have no {@code
   * CREDENTIALS_DIRECTORY}, and must be able to read the same file.
   */
  private Optional<KerberosSettings> kerberos(Section kerberos) {
    Optional<String> principal = kerberos.read("principal", StorageReader::principal);
    Optional<Path> keytab = kerberos.read("keytab", paths::path);
    if (keytab.isPresent() && principal.isEmpty() && kerberos.isSound("principal")) {
      kerberos.fault(
          "principal",
          "is missing: a keytab needs the name of its account, such as"
              + " \"savepointd/_HOST@EXAMPLE.ORG\"");
    }
    return principal.flatMap(
        name -> keytab.or(this::credential).map(file -> new KerberosSettings(name, file)));
  }

  /** Where systemd puts it: systemd.exec(5), LoadCredential. */
  private Optional<Path> credential() {
    return Optional.ofNullable(environment.get("CREDENTIALS_DIRECTORY"))
        .filter(directory -> !directory.isBlank())
        .map(directory -> Path.of(directory, CREDENTIAL));
  }

  private static String principal(ConfigValue value) {
    String text = Values.text(value).strip();
    Matcher principal = PRINCIPAL.matcher(text);
    if (!principal.matches()) {
      throw new IllegalArgumentException(
          "'" + text + "' is no principal: savepointd@REALM, savepointd/_HOST@REALM");
    }
    // Hadoop puts the host in only where there is a realm (SecurityUtil.getServerPrincipal).
    if ("_HOST".equals(principal.group("host")) && principal.group("realm") == null) {
      throw new IllegalArgumentException("'" + text + "' needs its realm too: " + text + "@REALM");
    }
    return text;
  }
}
