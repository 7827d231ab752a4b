# shellcheck shell=bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Needs $tree. ./dev test: which suites run in which build and system, and their totals.

: "${tree:?}"
plain_suites=(unit varlink data kernel agent cli lab ui)
sanitize_suites=(unit varlink agent cli)
debian_12_suites=(unit varlink kernel agent cli)

test_all () {
  local suite chosen=() sanitize=() debian_12=() directories=() failed=0
  [ $# -gt 0 ] || set -- "${plain_suites[@]}" sanitize debian-12
  for suite; do
    case " ${plain_suites[*]} " in
      *" $suite "*) chosen+=("$suite"); continue ;;
    esac
    case $suite in
      sanitize)  sanitize=("${sanitize_suites[@]}") ;;
      debian-12) debian_12=("${debian_12_suites[@]}") ;;
      *)         fail "there is no test suite '$suite'; there are: ${plain_suites[*]} sanitize debian-12" ;;
    esac
  done

  rm -rf "$tree/build/test-output"
  mkdir -p "$tree/build/test-output"
  test_build debian-13 dev "${chosen[@]}"
  test_build debian-13 sanitize "${sanitize[@]}"
  test_build debian-12 debian-12 "${debian_12[@]}"
  (inside debian-13 "$tree/tests/dev/totals.py" "${directories[@]}") || failed=1
  return "$failed"
}

# test_build SYSTEM BUILD SUITE… runs suites of one build. How they end is read from what
# meson has written; that it could not even build is written down for it.
test_build () {
  local system=$1 build=$2
  shift 2
  [ $# -gt 0 ] || return 0
  say "Building $build and testing it: $*"
  directories+=("$build")
  ready "$system"
  (inside "$system" "$tree/tests/dev/test-build.py" "$build" "$@") ||
    echo "$build" >> "$tree/build/test-output/broken"
}
