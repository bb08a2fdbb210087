package io.savepointd.model;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The one rule of what is secret, and how it is shown: with {@link #MASK} in its place. Where a
 * rule can't be sure, it masks. Masking what is masked already changes nothing.
 */
public final class Secrets {
  /** Stands where a secret was. */
  public static final String MASK = "******";

  /**
   * User and password of an address. Up to the last @ before the path; with a colon also past a
   * slash, which a password may hold unescaped, unless what follows the colon is a port. Azure's
   * schemes have the name of a container in that place.
   */
  private static final Pattern USER_INFO =
      Pattern.compile(
          "(?<=://)(?<!(?:abfs|abfss|wasb|wasbs)://)(?:[^\\s/?#\"']*@|[^\\s/?#:@\"']*:(?!\\d+(?:[/?#]|$))[^\\s\"']*@)");

  private static final String VALUE = "(\"[^\"]*\"|'[^']*'|[^&;,#\\s\"'}\\]]*)";

  /** A parameter of an address, {@code ?password=x}, also of JDBC's. */
  private static final Pattern PARAMETER =
      Pattern.compile("(?<=[?&;])([^=&;?#\\s\"']+)(=)" + VALUE);

  /** {@code name=x}, {@code -Dname=x}, {@code "name": "x"} anywhere in a text. */
  private static final Pattern PAIR =
      Pattern.compile("(?<![^?&;,\\s{\\[\"'])([-\\w.$]+[\"']?)(\\s*[:=]\\s*)" + VALUE);

  private static final Pattern OPTION = Pattern.compile("--?[\\w.-]+");
  private static final Pattern WORD = Pattern.compile("\\w[\\w.-]*");

  private Secrets() {}

  /**
   * Whether the value of a configuration key is secret: as Flink judges its keys
   * (GlobalConfiguration.isSensitive), with a few words more.
   *
   * @param key the last element of one of savepointd's keys, or the whole of one of Flink's
   */
  public static boolean isSecretKey(String key) {
    return SecretNames.in(key);
  }

  /** Whether what an environment variable of this name holds is secret. */
  public static boolean isSecretVariable(String name) {
    return SecretNames.ofValue(name);
  }

  /** Whether there is any word in the text that secrets go by, or an address with a user. */
  public static boolean mayHoldSecret(String text) {
    return SecretNames.in(text) || USER_INFO.matcher(text).find();
  }

  /** The text without the users, passwords and secret parameters of the addresses in it. */
  public static String inAddresses(String text) {
    return addresses(text, found -> {});
  }

  /** The same, and without what stands behind the name of a secret. */
  public static String inText(String text) {
    return text(text, found -> {});
  }

  /** Flink settings by their keys. */
  public static Map<String, String> inFlinkConfiguration(Map<String, String> configuration) {
    return flinkConfiguration(configuration, found -> {});
  }

  /**
   * A program's arguments: {@code --password x}, {@code --db.password=x}, {@code -Dsecret=x},
   * {@code {"token": "x"}} and addresses.
   */
  public static List<String> inArgs(List<String> args) {
    return args(args, found -> {});
  }

  /** What is masked of these, in full. */
  static Set<String> of(List<String> args, Map<String, String> flinkConfiguration) {
    Set<String> found = new LinkedHashSet<>();
    List<String> unused = args(args, found::add);
    Map<String, String> unusedToo = flinkConfiguration(flinkConfiguration, found::add);
    return found;
  }

  private static Map<String, String> flinkConfiguration(
      Map<String, String> configuration, Consumer<String> found) {
    Map<String, String> shown = new TreeMap<>();
    configuration.forEach(
        (key, value) -> shown.put(key, isSecretKey(key) ? mask(value, found) : text(value, found)));
    return shown;
  }

  private static List<String> args(List<String> args, Consumer<String> found) {
    List<String> shown = new ArrayList<>();
    boolean named = false;
    for (String arg : args) {
      shown.add(named ? mask(arg, found) : arg(arg, found));
      // Even of what is masked: `--use-token --password x` must not give x away.
      named = namesTheNext(arg);
    }
    return shown;
  }

  private static boolean namesTheNext(String arg) {
    return OPTION.matcher(arg).matches()
        ? SecretNames.ofValue(arg)
        : WORD.matcher(arg).matches() && SecretNames.endsWithOne(arg);
  }

  private static String arg(String arg, Consumer<String> found) {
    if (OPTION.matcher(arg).matches()) {
      return arg;
    }
    int equals = arg.indexOf('=');
    if (equals > 0 && OPTION.matcher("-" + arg.substring(0, equals)).matches()) {
      return assignment(arg.substring(0, equals), arg.substring(equals + 1), found);
    }
    List<String> masked = new ArrayList<>();
    String shown = text(arg, masked::add);
    if (!masked.isEmpty()) {
      masked.forEach(found);
      return shown;
    }
    return SecretNames.in(arg) && !arg.contains(MASK) ? mask(arg, found) : shown;
  }

  private static String assignment(String name, String value, Consumer<String> found) {
    return name + "=" + (SecretNames.ofValue(name) ? mask(value, found) : text(value, found));
  }

  private static String text(String text, Consumer<String> found) {
    return parameters(PAIR, addresses(text, found), found);
  }

  private static String addresses(String text, Consumer<String> found) {
    String withoutUsers =
        USER_INFO
            .matcher(text)
            .replaceAll(
                user -> {
                  String info = user.group().substring(0, user.group().length() - 1);
                  String shown = mask(info, found);
                  String password = info.substring(info.indexOf(':') + 1);
                  return Matcher.quoteReplacement(
                      (password.equals(info) ? shown : mask(password, found)) + "@");
                });
    return parameters(PARAMETER, withoutUsers, found);
  }

  private static String parameters(Pattern pattern, String text, Consumer<String> found) {
    return pattern
        .matcher(text)
        .replaceAll(
            pair ->
                Matcher.quoteReplacement(
                    SecretNames.ofValue(pair.group(1).replaceAll("[\"']", ""))
                        ? pair.group(1) + pair.group(2) + value(pair.group(3), found)
                        : pair.group()));
  }

  private static String value(String value, Consumer<String> found) {
    boolean quoted = value.length() > 1 && (value.charAt(0) == '"' || value.charAt(0) == '\'');
    String quote = quoted ? value.substring(0, 1) : "";
    return quote + mask(quoted ? value.substring(1, value.length() - 1) : value, found) + quote;
  }

  /** Nothing is no secret. */
  private static String mask(String secret, Consumer<String> found) {
    if (secret.isEmpty() || secret.equals(MASK)) {
      return secret;
    }
    found.accept(secret);
    return MASK;
  }
}
