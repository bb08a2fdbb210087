package io.savepointd.storage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.security.auth.kerberos.KerberosKey;
import javax.security.auth.kerberos.KerberosPrincipal;
import javax.security.auth.kerberos.KeyTab;
import org.apache.hadoop.security.authentication.util.KerberosUtil;

/**
 * A file of keys, looked at before anybody logs in with it: Java says the same ("Unable to obtain
 * password from user") of every fault it may have.
 *
 * @param readable whether this user may read a file; a test says so for itself, since root may read
 *     every file
 */
record Keytab(Path file, Predicate<Path> readable) {
  private static final Pattern ANY = Pattern.compile(".*");

  /** The change of its inode too, which a chmod changes; Linux and the BSDs have it. */
  private static final String WHAT_CHANGES = "unix:ino,size,lastModifiedTime,ctime,mode";

  Keytab(Path file) {
    this(file, Files::isReadable);
  }

  /**
   * The versions of the keys that are there for {@code principal}.
   *
   * @throws LoginFault if there are none that could be used; says why
   */
  List<Integer> versions(KerberosPrincipal principal) throws LoginFault {
    refuseUnreadable();
    List<String> names = principals();
    if (!names.contains(principal.getName())) {
      throw LoginFault.here(
          "%s has no entry for %s; it has %s"
              .formatted(
                  file, principal, names.isEmpty() ? "none at all" : String.join(", ", names)));
    }
    KerberosKey[] keys = KeyTab.getInstance(principal, file.toFile()).getKeys(principal);
    if (keys.length == 0) {
      throw LoginFault.here(
          "%s has entries for %s, but no key that this Java may use: export the keytab again with"
                  .formatted(file, principal)
              + " aes256-cts-hmac-sha1-96 or newer, or see permitted_enctypes in krb5.conf");
    }
    return Stream.of(keys).map(KerberosKey::getVersionNumber).distinct().sorted().toList();
  }

  private void refuseUnreadable() throws LoginFault {
    if (!Files.exists(file)) {
      throw LoginFault.here("there is no keytab " + file + " that this user can see");
    }
    if (!Files.isRegularFile(file)) {
      throw LoginFault.here("the keytab " + file + " is no file");
    }
    if (!readable.test(file)) {
      throw LoginFault.here(
          "the keytab " + file + " may not be read by user " + System.getProperty("user.name"));
    }
  }

  private List<String> principals() throws LoginFault {
    try {
      String[] names = KerberosUtil.getPrincipalNames(file.toString(), ANY);
      return Arrays.stream(names).sorted().toList();
    } catch (IOException | RuntimeException e) {
      // What a file of another kind makes of the parser is anybody's guess.
      throw LoginFault.here(file + " can't be read as a keytab (" + Reasons.of(e) + ")", e);
    }
  }

  /** What is wrong with who may read or change the file. */
  Optional<String> tooOpen() {
    try {
      Set<PosixFilePermission> allowed = Files.getPosixFilePermissions(file);
      if (allowed.contains(PosixFilePermission.OTHERS_READ)) {
        return Optional.of(
            "the keytab " + file + " can be read by everybody on this machine: chmod o-rwx it");
      }
      if (allowed.contains(PosixFilePermission.GROUP_WRITE)
          || allowed.contains(PosixFilePermission.OTHERS_WRITE)) {
        return Optional.of("the keytab " + file + " can be changed by others: chmod go-w it");
      }
      return Optional.empty();
    } catch (IOException | UnsupportedOperationException e) {
      return Optional.empty(); // it is gone, or its file system has no permissions
    }
  }

  /** Another one after each change of the file; the same while it isn't there. */
  String stamp() {
    try {
      Map<String, Object> now =
          new TreeMap<>(Files.readAttributes(file, WHAT_CHANGES, new LinkOption[0]));
      return now.toString();
    } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
      return "none";
    }
  }
}
