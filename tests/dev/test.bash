# shellcheck shell=bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Needs $tree. ./dev test: the suites to run in each build and system, and their totals. The selection of tests in a
# build is a list of words without spaces.
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
  --failed  repeat what failed in the last run
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
      -*)        fail "unknown option '$word': see ./dev test --help" ;;
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

# Run in parallel, because labs spend much time waiting for links and LACP. The tests of the window and of the lab have
# a separate lane, for the targets that are built first.
test_in_lanes () {
  local suite rest=()
  window=()
  for suite in ${chosen[dev]}; do
    case $suite in
      ui|lab) window+=("$suite") ;;
      *)      rest+=("$suite") ;;
    esac
  done
  # The end of this script ends the lanes. It is no failure if all of them have ended.
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

# The builds that are tested in parallel with the first one: a lab's kernel uses one processor.
builds_lane () {
  export NICTEAM_LAB_PROCESSOR=1
  test_build debian-13 sanitize ${chosen[sanitize]:-}
  test_build debian-12 debian-12 ${chosen[debian-12]:-}
}

window_lane () {
  test_build debian-13 dev "${window[@]}"
}

# The fuzzers run for the time that the lanes take anyway. Clang is only in the system for tests, with older libraries
# that check less.
fuzz_lane () {
  [ -n "${chosen[fuzz]:-}" ] || return 0
  renice -n 19 "$BASHPID" > /dev/null
  test_build debian-12 fuzz ${chosen[fuzz]}
}

# test_build SYSTEM BUILD SUITE… runs suites of one build, or only builds it, for the suite “build”. Results are read
# from the files of meson; a failed build is recorded for it.
test_build () {
  local system=$1 build=$2
  shift 2
  [ $# -gt 0 ] || return 0
  say "Building $build and testing it: $*"
  ready "$system"
  (inside "$system" "$tree/tests/dev/test-build.py" "$build" "${case[@]}" "$@") && return
  # 2 = no such test; the message has been printed.
  [ $? != 2 ] || exit 2
  echo "$build" >> "$tree/build/test-output/broken"
}
