package io.savepointd.flink;

import io.savepointd.model.Secret;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Key stores made by the JDK's own keytool, as a site makes them. */
public final class Stores {
  public static final String PASSWORD = "store-password";

  private final Path dir;

  /** To lie in that folder. */
  public Stores(Path dir) {
    this.dir = dir;
  }

  /** A key with its certificate, which signs itself, for {@code san}. */
  public Path key(String name, String san) {
    Path store = dir.resolve(name + ".p12");
    keytool(
        store,
        "-genkeypair -alias " + name + " -keyalg EC -groupname secp256r1 -dname CN=" + name,
        "-ext san=" + san + " -validity 30");
    return store;
  }

  /** A key whose certificate may sign others. */
  public void authority(String name) {
    keytool(
        dir.resolve(name + ".p12"),
        "-genkeypair -alias " + name + " -keyalg EC -groupname secp256r1 -dname CN=" + name,
        "-ext bc:c -startdate -40d -validity 90");
  }

  /**
   * Puts in the place of that key's certificate one that {@code authority} has signed, valid for so
   * many days from {@code start} on.
   */
  public void sign(String name, String authority, String san, String start, int days) {
    Path store = dir.resolve(name + ".p12");
    Path signer = dir.resolve(authority + ".p12");
    Path request = dir.resolve(name + ".csr");
    Path signed = dir.resolve(name + "-signed.crt");
    keytool(store, "-certreq -alias " + name + " -file " + request);
    keytool(
        signer,
        "-gencert -alias " + authority + " -infile " + request + " -outfile " + signed,
        "-ext san=" + san + " -startdate " + start + " -validity " + days);
    trusting(authority);
    Path certificate = dir.resolve(authority + ".crt");
    keytool(store, "-importcert -noprompt -alias ca -file " + certificate);
    keytool(store, "-importcert -noprompt -alias " + name + " -file " + signed);
  }

  /** A store that trusts the certificate of that name. */
  public Path trusting(String name) {
    Path store = dir.resolve("trusts-" + name + ".p12");
    Path certificate = dir.resolve(name + ".crt");
    if (Files.exists(store)) {
      return store;
    }
    keytool(dir.resolve(name + ".p12"), "-exportcert -alias " + name + " -file " + certificate);
    keytool(store, "-importcert -noprompt -alias " + name + " -file " + certificate);
    return store;
  }

  /** The setting that names such a store. */
  public static StoreSettings settings(String name, Path file) {
    return new StoreSettings(
        "savepointd.clusters.main.security.ssl.rest." + name,
        file,
        Optional.of(new Secret(PASSWORD)),
        Optional.empty(),
        Optional.empty());
  }

  private static void keytool(Path store, String... args) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    Arrays.stream(args).forEach(arg -> command.addAll(List.of(arg.split(" ", -1))));
    command.addAll(List.of("-keystore", store.toString(), "-storepass", PASSWORD));
    command.addAll(List.of("-J-XX:TieredStopAtLevel=1", "-J-XX:+UseSerialGC"));
    try {
      Path out = Files.createTempFile(store.getParent(), "keytool", ".out");
      Process keytool =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(out.toFile())
              .start();
      if (!keytool.waitFor(120, TimeUnit.SECONDS) || keytool.exitValue() != 0) {
        throw new AssertionError(command + ": " + Files.readString(out));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }
}
