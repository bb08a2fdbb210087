package io.savepointd.config;

import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import io.savepointd.model.Secrets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What of a value may be shown, by {@link Secrets}' rule. */
final class Disclosure {
  private static final String FLINK = "flink-configuration";

  /** A shorter secret is only replaced where it stands by itself. */
  private static final int LONG = 4;

  private static final Pattern USER = Pattern.compile("(?<=//)(?s:.*)(?=@)");

  private Disclosure() {}

  /** What stands at {@code node}, masked. */
  static ConfigValue of(Node node) {
    return masked(node.value(), isSecret(node));
  }

  /** The same of a value that was made of what stands there. */
  static ConfigValue of(Node node, ConfigValue value) {
    return masked(value, isSecret(node));
  }

  /** Whether anything there is masked. */
  static boolean masksAny(Node node) {
    return !of(node).equals(node.value());
  }

  private static boolean isSecret(Node node) {
    return Secrets.isSecretKey(name(node.key()))
        || isHeader(ConfigUtil.splitPath(node.key()))
        || node.variables().stream().anyMatch(Secrets::isSecretVariable);
  }

  /**
   * {@code savepointd.clusters.NAME.headers.X}, or {@code savepointd.defaults.cluster.headers.X}.
   */
  private static boolean isHeader(List<String> path) {
    return path.size() > 4
        && (path.get(1).equals("clusters") || path.get(1).equals("defaults"))
        && path.get(3).equals(HeaderReader.BLOCK);
  }

  /** Flink's keys count as a whole, as for Flink; of ours only the last element is no name. */
  private static String name(String key) {
    List<String> path = ConfigUtil.splitPath(key);
    int flink = path.indexOf(FLINK);
    return flink < 0
        ? path.isEmpty() ? "" : path.get(path.size() - 1)
        : String.join(".", path.subList(flink + 1, path.size()));
  }

  private static ConfigValue masked(ConfigValue value, boolean secret) {
    if (value instanceof ConfigList list) {
      List<String> texts = new ArrayList<>();
      for (ConfigValue element : list) {
        if (!isScalar(element)) {
          return value;
        }
        texts.add(Values.scalar(element, ""));
      }
      List<String> shown =
          secret ? texts.stream().map(t -> mask(t)).toList() : Secrets.inArgs(texts);
      return shown.equals(texts) ? value : ConfigValueFactory.fromIterable(shown);
    }
    if (!isScalar(value)) {
      return value;
    }
    String text = Values.scalar(value, "");
    String shown = secret ? mask(text) : Secrets.inText(text);
    return shown.equals(text) ? value : ConfigValueFactory.fromAnyRef(shown);
  }

  private static String mask(String text) {
    return text.isEmpty() ? text : Secrets.MASK;
  }

  private static boolean isScalar(ConfigValue value) {
    return switch (value.valueType()) {
      case STRING, NUMBER, BOOLEAN -> true;
      case LIST, OBJECT, NULL -> false;
    };
  }

  /** A reason why the value at {@code node} is refused, which may quote it. */
  static String reason(Node node, String reason) {
    String shown = reason;
    if (node.unresolved().isEmpty() && isScalar(node.value())) {
      String text = Values.scalar(node.value(), "");
      // Arguments written as one text rather than as a list.
      boolean unsure = node.key().endsWith(".args") && Secrets.mayHoldSecret(text);
      String masked = unsure ? Secrets.MASK : Values.scalar(of(node), "");
      // An address that is none: where its user ends, nobody can say.
      masked = USER.matcher(masked).replaceFirst(Secrets.MASK);
      if (!masked.equals(text)) {
        shown = without(shown, text.strip(), masked.strip());
      }
    }
    return Secrets.inAddresses(shown);
  }

  private static String without(String reason, String text, String masked) {
    return text.length() >= LONG
        ? reason.replace(text, masked)
        : reason.replaceAll(
            "(?<!\\w)" + Pattern.quote(text) + "(?!\\w)", Matcher.quoteReplacement(masked));
  }
}
