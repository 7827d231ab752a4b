# shellcheck shell=bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# The tree is in $tree. Where ./dev does its work: on this machine as it is, if its GTK is new enough, else in a
# Debian system of its own, made once with mmdebstrap and entered with bubblewrap.

: "${tree:?}"
cache=${XDG_CACHE_HOME:-$HOME/.cache}/nicteam
roots_free_kib=3000000

say () { printf '\033[1m%s\033[0m\n' "$*" | if [ -t 2 ] && [ -z "${NO_COLOR:-}" ]; then cat; else sed 's/\x1b\[[0-9]*m//g'; fi >&2; }

fail () {
  echo "./dev: $*" >&2
  exit 1
}

# packages GROUP… prints the packages of these groups.
packages () {
  awk -v wanted=" $* " '
    /^#/ || !NF { next }
    /^\[/       { group = substr($0, 2, length - 2); next }
    index(wanted, " " group " ") { if (!seen[$1]++) print $1 }
  ' "$tree/tests/dev/packages"
}

as_root () {
  if [ "$(id -u)" = 0 ]; then
    "$@"
  elif command -v sudo > /dev/null; then
    sudo "$@"
  else
    fail "this needs root once, to run '\$*': run ./dev as root, or install sudo."
  fi
}

# install PACKAGE… installs what is missing of these on this machine.
install_packages () {
  local missing
  missing=$(comm -23 <(printf '%s\n' "$@" | sort -u) \
    <(dpkg-query -W -f '${db:Status-Status} ${Package}\n' "$@" 2> /dev/null | sed -n 's/^installed //p' | sort -u))
  [ -n "$missing" ] || return 0
  command -v apt-get > /dev/null || fail "please install: $(echo "$missing" | tr '\n' ' ')"
  say "Installing $(echo "$missing" | tr '\n' ' ')"
  # shellcheck disable=SC2086
  apt_install $missing && return
  as_root apt-get update || fail "apt-get update failed: is there a network?"
  # shellcheck disable=SC2086
  apt_install $missing || fail "apt-get could not install $(echo "$missing" | tr '\n' ' ')"
}

apt_install () {
  # A configuration file with local changes is kept, without a question.
  as_root env DEBIAN_FRONTEND=noninteractive apt-get install --yes --no-install-recommends -qq \
    -o Dpkg::Options::=--force-confdef -o Dpkg::Options::=--force-confold "$@"
}

gtk_is_new_enough () {
  command -v pkg-config > /dev/null &&
    pkg-config --exists 'gtk4 >= 4.18' 'libadwaita-1 >= 1.7' 2> /dev/null
}

tools_are_here () {
  local tool
  for tool in meson ninja gcc python3 ip ssh-keygen; do
    command -v "$tool" > /dev/null || return 1
  done
}

# The major version of Debian that this machine runs, 0 for others.
debian_version () {
  (
    . /etc/os-release
    case "$ID ${VERSION_ID:-}" in
      "debian "*)                         echo "${VERSION_ID:-99}" ;;
      *)                                  echo 0 ;;
    esac
  )
}

# is_native NAME succeeds if that system is this machine itself.
is_native () {
  [ "$1" = debian-13 ] || return 1
  case ${NICTEAM_SYSTEM:-} in
    native) return 0 ;;
    root)   return 1 ;;
  esac
  [ "$(debian_version)" -ge 13 ] || { gtk_is_new_enough && tools_are_here; }
}

groups_of () {
  case $1 in
    debian-12) echo compile agent lab fuzz ;;
    *)         echo compile agent lab machine console window ;;
  esac
}

suite_of () {
  case $1 in
    debian-12) echo bookworm ;;
    *)         echo trixie ;;
  esac
}

# root_of NAME prints the directory of that system; its name is a hash of the contents.
root_of () {
  # shellcheck disable=SC2046
  echo "$cache/$1-$({ packages $(groups_of "$1"); cat "$tree/tests/dev/finish-root" "$tree/tests/dev/get-kernel"; } | sha256sum | cut -c1-12)"
}

# ready NAME makes that system ready to be used, which takes a moment once.
ready () {
  if is_native "$1"; then
    # shellcheck disable=SC2046
    [ "$(debian_version)" = 0 ] || install_packages $(packages $(groups_of "$1"))
    get_kernel
    return
  fi
  [ -d "$(root_of "$1")" ] || make_root "$1"
}

# The kernel for qemu, if this machine has none that can be read, such as in a container.
get_kernel () {
  export NICTEAM_KERNELS=$cache/kernels
  if [ -d "$NICTEAM_KERNELS" ] || [ "$(debian_version)" = 0 ] || compgen -G '/usr/lib/modules/*/vmlinuz' > /dev/null ||
     [ -r "/boot/vmlinuz-$(uname -r)" ]; then
    return
  fi
  say "Getting the kernel that qemu starts, once, into $NICTEAM_KERNELS"
  rm -rf "$NICTEAM_KERNELS.new"
  "$tree/tests/dev/get-kernel" "$NICTEAM_KERNELS.new" || fail "could not get the kernel that qemu starts"
  mv "$NICTEAM_KERNELS.new" "$NICTEAM_KERNELS"
}

make_root () {
  local name=$1 root lock
  root=$(root_of "$name")
  mkdir -p "$cache"
  exec {lock}> "$cache/lock"
  flock --nonblock "$lock" || { say "Waiting for another ./dev, which is making a system"; flock "$lock"; }
  [ -d "$root" ] || build_root "$name" "$root"
  exec {lock}>&-
}

build_root () {
  local name=$1 root=$2 new=$2.new log=$cache/$1.log free
  case $name in
    debian-13) say "This system's GTK is too old for the console (4.18 is needed)." ;;
    debian-12) say "The agent and the command line are also tested with the libraries of Debian 12." ;;
  esac
  [ "$(debian_version)" != 0 ] || command -v mmdebstrap > /dev/null ||
    fail "this machine runs neither GTK 4.18 nor Debian: please install GTK 4.18, libadwaita 1.7, or mmdebstrap and bubblewrap."
  free=$(df --output=avail -k "$cache" | tail -n 1)
  [ "$free" -ge "$roots_free_kib" ] ||
    fail "$cache has only $((free / 1024)) MiB free; a Debian system for building needs $((roots_free_kib / 1024))."
  install_packages mmdebstrap bubblewrap debian-archive-keyring
  say "Making a $name system in $root, once; this takes one or two minutes"
  as_root rm -rf "$new"
  # shellcheck disable=SC2046,SC2086
  if ! as_root mmdebstrap --variant=minbase \
      --include="$(packages $(groups_of "$name") | paste -sd, -)" \
      --dpkgopt='path-exclude=/usr/share/doc/*' --dpkgopt='path-exclude=/usr/share/man/*' \
      --aptopt='Acquire::Languages "none"' --skip=check/empty \
      --customize-hook="$tree/tests/dev/finish-root \"\$1\"" \
      "$(suite_of "$name")" "$new" ${NICTEAM_MIRROR:-} 2>&1 | tee "$log" | progress; then
    as_root rm -rf "$new"
    fail "could not make the system: $(grep -m 1 '^E: ' "$log" || tail -n 1 "$log") (is there a network? The log is $log. Another mirror: NICTEAM_MIRROR=URL)"
  fi
  mv "$new" "$root" 2> /dev/null || as_root mv "$new" "$root"
  remove_old_roots "$name" "$root"
}

# The steps of mmdebstrap, without its numbers.
progress () { sed -u -n 's/^I: /  /p; s/^E: /  /p' >&2; }

# Removes those with another list of packages, unless one is in use.
remove_old_roots () {
  local old
  for old in "$cache/$1"-*; do
    if [ -d "$old" ] && [ "$old" != "$2" ] && ! grep -lqs "/${old##*/}/" /proc/[0-9]*/mountinfo; then
      as_root rm -rf "$old"
    fi
  done
}

# inside NAME COMMAND… runs a command in that system, in the present directory.
inside () {
  local name=$1
  shift
  if is_native "$name"; then
    exec "$@"
  fi
  enter_root "$(root_of "$name")" "$@"
}

enter_root () {
  local root=$1 options=()
  shift
  mkdir -p "$cache/home"
  if [ "$(id -u)" != 0 ]; then
    options+=(--unshare-user --uid 0 --gid 0)
  fi
  add_if_there /etc/resolv.conf
  add_if_there "${XDG_RUNTIME_DIR:-}"
  add_if_there "${XAUTHORITY:-}"
  # /usr, /etc and /var are the system's; all else is this machine's or empty. The first
  # level is made here, so that any path can be bound without touching the system.
  exec bwrap --cap-add ALL --die-with-parent \
    --tmpfs / --ro-bind "$root/usr" /usr --ro-bind "$root/etc" /etc --ro-bind "$root/var" /var \
    --symlink usr/bin /bin --symlink usr/sbin /sbin --symlink usr/lib /lib --symlink usr/lib64 /lib64 \
    --dir /mnt --dir /run --dir /root --tmpfs /var/tmp \
    --dev-bind /dev /dev --proc /proc --ro-bind /sys /sys --bind /tmp /tmp \
    --bind "$cache/home" "$cache/home" --setenv HOME "$cache/home" --setenv LANG C.UTF-8 --setenv NICTEAM_USER_ID "$(id -u)" \
    --setenv PATH /usr/sbin:/usr/bin:/sbin:/bin \
    "${options[@]}" --bind "$tree" "$tree" --chdir "$PWD" "$@"
}

# For a path that may not be there: bound at its own place where it is.
add_if_there () {
  if [ -n "$1" ] && [ -e "$1" ]; then
    options+=(--bind "$(realpath "$1")" "$1")
  fi
}
