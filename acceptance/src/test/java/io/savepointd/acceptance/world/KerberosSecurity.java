package io.savepointd.acceptance.world;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PrivilegedExceptionAction;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.security.UserGroupInformation;

/**
 * An HDFS whose users and servers prove by Kerberos who they are. The servers' accounts are made
 * here; {@code hdfs} is the superuser. Hadoop's login is static: {@link #close} lets the next test
 * class begin without one.
 */
public final class KerberosSecurity implements HdfsSecurity, AutoCloseable {

  private static final List<String> SITES = List.of("core-site.xml", "hdfs-site.xml");
  private static final String NAME_NODE = "hdfs/localhost";
  private static final String DATA_NODE = "dn/localhost";
  private static final String HTTP = "HTTP/localhost";

  private final Kdc kdc;
  private final Path keytab;

  private KerberosSecurity(Kdc kdc, Path keytab) {
    this.kdc = kdc;
    this.keytab = keytab;
  }

  public static KerberosSecurity with(Kdc kdc) throws IOException {
    return new KerberosSecurity(kdc, kdc.keytab("servers.keytab", NAME_NODE, DATA_NODE, HTTP));
  }

  @Override
  public Map<String, String> settings() {
    Map<String, String> settings = new TreeMap<>();
    settings.put("hadoop.security.authentication", "kerberos");
    settings.put("hadoop.security.authorization", "true");
    settings.put("dfs.block.access.token.enable", "true");
    settings.put("dfs.data.transfer.protection", "authentication");
    settings.put("dfs.namenode.kerberos.principal", at(NAME_NODE));
    settings.put("dfs.namenode.keytab.file", keytab.toString());
    settings.put("dfs.datanode.kerberos.principal", at(DATA_NODE));
    settings.put("dfs.datanode.keytab.file", keytab.toString());
    settings.put("dfs.web.authentication.kerberos.principal", at(HTTP));
    settings.put("dfs.web.authentication.kerberos.keytab", keytab.toString());
    // Only for the DataNode's web server, which would need a certificate otherwise.
    settings.put("ignore.secure.ports.for.testing", "true");
    // By default a minute, which is longer than our tickets live.
    settings.put("hadoop.kerberos.min.seconds.before.relogin", "1");
    // A connection that stays open needs no ticket; by default it stays for 10 s after its last
    // use.
    settings.put("ipc.client.connection.maxidletime", "200");
    // These users aren't in this machine's own list of users.
    settings.put(
        "hadoop.user.group.static.mapping.overrides",
        "hdfs=supergroup;dn=;HTTP=;savepointd=savepointd;flink=flink");
    return settings;
  }

  private String at(String principal) {
    return principal + "@" + kdc.realm();
  }

  @Override
  public List<String> jvmOptions() {
    return List.of("-Djava.security.krb5.conf=" + kdc.krb5Conf());
  }

  /** Copies the site files to where a client of its own looks for them. */
  public void writeSites(HdfsProcesses hdfs, Path confDir) throws IOException {
    Files.createDirectories(confDir);
    for (String site : SITES) {
      Files.copy(hdfs.confDir().resolve(site), confDir.resolve(site));
    }
  }

  @Override
  public FileSystem open(URI uri, Path confDir) throws IOException {
    Configuration configuration = new Configuration();
    for (String site : SITES) {
      configuration.addResource(new org.apache.hadoop.fs.Path(confDir.resolve(site).toUri()));
    }
    // Nobody renews this one's ticket: it lives on its connection.
    configuration.setInt("ipc.client.connection.maxidletime", 600_000);
    UserGroupInformation.setConfiguration(configuration);
    try {
      return UserGroupInformation.loginUserFromKeytabAndReturnUGI(at(NAME_NODE), keytab.toString())
          .doAs(
              (PrivilegedExceptionAction<FileSystem>)
                  () -> FileSystem.newInstance(uri, configuration));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  @Override
  public void close() {
    UserGroupInformation.setConfiguration(new Configuration(false));
    UserGroupInformation.reset();
  }
}
