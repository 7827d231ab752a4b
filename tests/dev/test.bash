# shellcheck shell=bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Needs $tree. ./dev test: which suites run in which build and system, and their totals.
# What is chosen of a build is a list of words; none of them has a space.
# shellcheck disable=SC2086

: "${tree:?}"
plain_suites=(unit varlink data kernel machine agent cli lab ui)
sanitize_suites=(unit varlink agent cli)
debian_12_suites=(unit varlink kernel agent cli)
fuzz_suites=(fuzz)

test_usage () {
  cat <<HELP
usage: ./dev test [--list | --failed] [SUITE | [BUILD/]TEST [--case CASE]]…

  SUITE   ${plain_suites[*]}, or a whole build with its suites: sanitize debian-12 fuzz;
          all of them without a name
  TEST    one test program, as --list shows it; in another build than dev as BUILD/TEST
  --case  one case of that program, by its title, or by its path where it has one
  --list  the suites and their test programs
  --failed  what failed in the last run, once more
HELP
}

test_all () {
  local word output=$tree/build/test-output case=() directories=()
  local -A chosen=()
  while [ $# -gt 0 ]; do
    word=$1
    shift
    case $word in
      -h|--help) test_usage; return ;;
      --list)    list_tests; return ;;
      --failed)  readarray -t again < <(cut -f 1 "$output/failed" 2> /dev/null | sort -u)
                 [ ${#again[@]} -gt 0 ] || { say "Nothing failed in the last run"; return; }
                 set -- "${again[@]}" "$@" ;;
      --case)    [ $# -gt 0 ] || fail "--case takes the title of a case"
                 case=(--case "$1"); shift ;;
      -*)        fail "there is no option '$word': see ./dev test --help" ;;
      sanitize)  chosen[sanitize]+=" ${sanitize_suites[*]}" ;;
      debian-12) chosen[debian-12]+=" ${debian_12_suites[*]}" ;;
      fuzz)      chosen[fuzz]+=" ${fuzz_suites[*]}" ;;
      */*)       chosen[${word%%/*}]+=" ${word#*/}" ;;
      *)         chosen[dev]+=" $word" ;;
    esac
  done
  if [ ${#chosen[@]} = 0 ]; then
    chosen=([dev]="${plain_suites[*]}" [sanitize]="${sanitize_suites[*]}" [debian-12]="${debian_12_suites[*]}" [fuzz]="${fuzz_suites[*]}")
  fi

  rm -rf "$output" "$tree"/build/*/meson-logs/testlog*
  mkdir -p "$output"
  for word in dev sanitize debian-12 fuzz; do
    [ -z "${chosen[$word]:-}" ] || directories+=("$word")
  done
  [ ${#directories[@]} = ${#chosen[@]} ] || fail "there is no build of that name; there are: dev sanitize debian-12 fuzz"
  if [ ${#directories[@]} -gt 1 ] && [ -n "${chosen[dev]:-}" ]; then
    test_in_lanes
  else
    test_build debian-13 dev ${chosen[dev]:-}
    builds_lane
    fuzz_lane
  fi
  (inside debian-13 "$tree/tests/dev/totals.py" "${directories[@]}")
}

list_tests () {
  ready debian-13
  (inside debian-13 "$tree/tests/dev/list-tests.py")
}

# Side by side, as labs wait a lot, for links and for LACP. The window's tests and the lab's own have a lane, which needs
# what is built first.
test_in_lanes () {
  local suite rest=()
  window=()
  for suite in ${chosen[dev]}; do
    case $suite in
      ui|lab) window+=("$suite") ;;
      *)      rest+=("$suite") ;;
    esac
  done
  # Whoever ends this ends the lanes. That none is left to end is no failure.
  # shellcheck disable=SC2046
  trap 'kill $(jobs -p) 2> /dev/null || true' EXIT
  start_lane builds
  start_lane fuzz
  say "Building and testing ${directories[*]:1} beside it; how that goes is in $output/*-lane.log"
  test_build debian-13 dev build
  [ ${#window[@]} = 0 ] || start_lane window
  NICTEAM_LAB_PROCESSOR=0 test_build debian-13 dev "${rest[@]}"
  wait
  cat "$output"/*-lane.log
}

start_lane () {
  { ("$1_lane") || echo "$1-lane" >> "$output/broken"; } > "$output/$1-lane.log" 2>&1 &
}

# The builds that are tested beside the first one: a lab's kernel uses one processor.
builds_lane () {
  export NICTEAM_LAB_PROCESSOR=1
  test_build debian-13 sanitize ${chosen[sanitize]:-}
  test_build debian-12 debian-12 ${chosen[debian-12]:-}
}

window_lane () {
  test_build debian-13 dev "${window[@]}"
}

# Whatever time is left is enough for the fuzzers. Clang is in the system that only tests have, and the libraries there are
# the less careful ones.
fuzz_lane () {
  [ -n "${chosen[fuzz]:-}" ] || return 0
  renice -n 19 "$BASHPID" > /dev/null
  test_build debian-12 fuzz ${chosen[fuzz]}
}

# test_build SYSTEM BUILD SUITE… runs suites of one build, or only makes it, for the suite “build”. How they end is read from
# what meson has written; that it could not even build is written down for it.
test_build () {
  local system=$1 build=$2
  shift 2
  [ $# -gt 0 ] || return 0
  say "Building $build and testing it: $*"
  ready "$system"
  (inside "$system" "$tree/tests/dev/test-build.py" "$build" "${case[@]}" "$@") && return
  # 2 = there is no such test, which it has said.
  [ $? != 2 ] || exit 2
  echo "$build" >> "$tree/build/test-output/broken"
}
