#!/bin/sh
# Installs savepointd where there is no .deb for the system, laid out as the .deb does it; run again,
# also from a newer archive, it upgrades. Nothing is started before a configuration is written.
#
#   ./install.sh [--prefix DIR]              the program, the service and its user; needs root
#   ./install.sh --uninstall [--prefix DIR]  takes them away; configuration, logs and state stay
#   DESTDIR=DIR ./install.sh                 lays the files out below DIR, and touches nothing else
#
# --prefix is /usr unless given. /etc/savepointd, /etc/default, /etc/systemd/system and
# /var/log/savepointd are where they are whatever the prefix.
set -eu
# A stricter one of root's would keep man pages and completions from everybody else; what may hold
# secrets is given its mode below.
umask 022

prefix=/usr
action=install
while [ $# -gt 0 ]; do
  case $1 in
    --prefix) prefix=${2:?--prefix needs a directory}; shift ;;
    --prefix=*) prefix=${1#--prefix=} ;;
    --uninstall) action=uninstall ;;
    -h | --help) sed -n '2,/^set /s/^# \{0,1\}//p' "$0"; exit 0 ;;
    *) echo "install.sh: no such option: $1 (--help shows all)" >&2; exit 2 ;;
  esac
  shift
done
case $prefix in
  /*) ;;
  *) echo "install.sh: --prefix must begin with /: $prefix" >&2; exit 2 ;;
esac
case $prefix in
  *[!A-Za-z0-9/._+-]*)
    echo "install.sh: --prefix comes to stand in the units, so it may hold letters, digits and /._+- only: $prefix" >&2
    exit 2
    ;;
esac

root=${DESTDIR:-}
here=$(cd "$(dirname "$0")" && pwd)
share=$root$prefix/share
home=$share/savepointd
etc=$root/etc/savepointd
units=$root/etc/systemd/system

say() { echo "install.sh: $*"; }

# Below a DESTDIR nothing of the running system is touched.
live() { [ -z "$root" ]; }
systemd_runs() { live && [ -d /run/systemd/system ]; }

if live && [ $action = install ] && ! command -v java >/dev/null && [ -z "${JAVA_HOME:-}" ]; then
  say "no Java found on the path; savepointd needs 17 or newer (JAVA_HOME in /etc/default/savepointd names one)"
fi

if live && [ "$(id -u)" != 0 ]; then
  echo "install.sh: must be root to install into $prefix; or set DESTDIR" >&2
  exit 1
fi

uninstall() {
  if systemd_runs; then
    systemctl disable --now savepointd.service 2>/dev/null || true
    systemctl stop 'savepointd@*.service' 2>/dev/null || true
  fi
  rm -f "$root$prefix/bin/savepointd" "$units/savepointd.service" "$units/savepointd@.service"
  rm -f "$share"/man/man1/savepointd.1.gz "$share"/man/man1/savepointd-*.1.gz
  rm -f "$share/man/man5/savepointd.conf.5.gz" "$share/bash-completion/completions/savepointd"
  rm -rf "$home" "$share/doc/savepointd"
  if systemd_runs; then systemctl daemon-reload; fi
  say "removed; $etc, /etc/default/savepointd, /var/log/savepointd, /var/lib/savepointd and the user savepointd stay"
}

make_user() {
  if id -u savepointd >/dev/null 2>&1; then
    return
  fi
  nologin=$(command -v nologin || echo /bin/false)
  if ! getent group savepointd >/dev/null; then
    groupadd --system savepointd
  fi
  useradd --system --gid savepointd --home-dir /var/lib/savepointd --no-create-home \
    --shell "$nologin" --comment 'savepointd daemon' savepointd
  say "made the system user savepointd"
}

# A file of the administrator's stays; the new one comes beside it, unless it is the one that came
# before ($4).
configuration() {
  if [ ! -e "$2" ]; then
    install -m "$3" "$1" "$2"
    say "wrote $2"
  elif cmp -s "$1" "${4:-/dev/null}"; then
    say "kept $2"
  elif ! cmp -s "$1" "$2"; then
    install -m "$3" "$1" "$2.new"
    say "kept $2; what comes with this version is in $2.new"
  fi
}

lay_out() {
  if [ -d "$home" ]; then say "upgrading what is in $home"; else say "installing into $home"; fi
  # Or jars of the version before would stay on the class path.
  rm -rf "$home.next"
  mkdir -p "$home.next" "$root$prefix/bin" "$units" "$root/etc/default" "$etc"
  cp -R "$here/bin" "$here/lib" "$here/job" "$home.next/"
  install -m 0644 "$here/conf/logback.xml" "$home.next/logback.xml"
  install -m 0644 "$here/sample.conf" "$home.next/sample.conf"
  ln -s /etc/savepointd "$home.next/conf"
  chmod -R go=rX "$home.next"
  rm -rf "$home.previous"
  if [ -d "$home" ]; then mv "$home" "$home.previous"; fi
  mv "$home.next" "$home"
  rm -rf "$home.previous"
  ln -sf "../share/savepointd/bin/savepointd" "$root$prefix/bin/savepointd"

  for unit in savepointd.service savepointd@.service; do
    sed "s#/usr/bin/savepointd#$prefix/bin/savepointd#; s#/usr/share/savepointd#$prefix/share/savepointd#" \
      "$here/systemd/$unit" >"$units/$unit"
    chmod 0644 "$units/$unit"
  done
  mkdir -p "$share/doc/savepointd"
  cp -R "$here/share/." "$share/"
  cp -R "$here/docs" "$here/README.md" "$here/systemd/examples" "$share/doc/savepointd/"
  chmod -R go=rX "$share/doc/savepointd"

  # The sample may come to hold passwords. An untouched one is replaced, as a package would.
  sample=$etc/application.conf
  if [ -e "$sample" ] && cmp -s "$sample" "$etc/.sample"; then rm "$sample"; fi
  configuration "$here/sample.conf" "$sample" 0640 "$etc/.sample"
  install -m 0640 "$here/sample.conf" "$etc/.sample"
  configuration "$here/systemd/default" "$root/etc/default/savepointd" 0644
}

install_all() {
  upgrade=no
  if [ -d "$home" ]; then upgrade=yes; fi
  if live; then make_user; fi
  lay_out
  if live; then
    chown root:savepointd "$etc" "$etc/application.conf"
    chmod 0750 "$etc"
    if [ ! -d /var/log/savepointd ]; then
      install -d -o savepointd -g savepointd -m 0750 /var/log/savepointd
    fi
  fi
  if systemd_runs; then
    systemctl daemon-reload
    # Whoever has disabled it since wants it so.
    if [ $upgrade = no ]; then systemctl --quiet enable savepointd.service; fi
    systemctl try-restart savepointd.service 'savepointd@*.service'
  fi
  if cmp -s "$etc/application.conf" "$home/sample.conf"; then
    say "next: edit /etc/savepointd/application.conf, \`savepointd check-config\`, \`systemctl start savepointd\`"
  else
    say "done; a daemon that ran goes on with the new version"
  fi
}

case $action in
  install) install_all ;;
  uninstall) uninstall ;;
esac
