#!/usr/bin/env bash
# Passes the tests: installs what they need where it can, names loudly what has to be skipped, runs `dotnet test`.
#   ./test.sh [arguments of dotnet test, for example --filter Timeline]
# Results lie in artifacts/test-results/*.trx. Exit code: that of dotnet test.
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1

results="$PWD/artifacts/test-results"
log="$PWD/artifacts/install.log"
rm -rf "$results"
mkdir -p "$results"
: >"$log"

skipped() { printf '\n*** SKIPPED: %s\n*** %s\n\n' "$1" "$2" >&2; }

# Installs a program with apt where that is possible, from a package of its name or of the names given third; says so where it is not.
need() {
  local program=$1 tests=$2 package=${3:-$1}
  command -v "$program" >/dev/null && return
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    echo "Installing $program for $tests ..."
    {
      [ -n "${updated:-}" ] || { timeout 120 apt-get update && updated=yes; }
      DEBIAN_FRONTEND=noninteractive timeout 300 apt-get install -y --no-install-recommends $package
    } >>"$log" 2>&1 </dev/null
  fi
  command -v "$program" >/dev/null || skipped "$tests" "They need $program: as root, apt-get install $package (see artifacts/install.log)."
}

command -v dotnet >/dev/null || { echo "The .NET SDK 10 is needed: https://dotnet.microsoft.com/download" >&2; exit 127; }
need chromium "the browser tests"
need sipp "the protocol tests (package sip-tester)" sip-tester
# It brings libspandsp2, which G.722 is compared with.
need baresip "the protocol tests and those of G.722 (package baresip-core)" baresip-core
need kamailio "the protocol tests"
need tshark "the protocol tests"
need espeak-ng "the tests of the espeak-ng voice"
need flite "the audio loop"
need pocketsphinx_batch "the audio loop" "pocketsphinx pocketsphinx-en-us"
need node "the tests against clients from npm" nodejs
need npm "the tests against clients from npm"

# Clients that others wrote for Node, in the versions that are named beside the tests; nothing of them is kept in the tree.
clients=tests/ContactCenterAgent.Conformance/Npm/package.json
if command -v npm >/dev/null && ! cmp -s "$clients" artifacts/npm/installed.json; then
  echo "Installing clients from npm ..."
  mkdir -p artifacts/npm
  cp "$clients" artifacts/npm/package.json
  if timeout 300 npm install --prefix artifacts/npm --no-package-lock --no-audit --no-fund --ignore-scripts >>"$log" 2>&1 </dev/null; then cp "$clients" artifacts/npm/installed.json
  else skipped "the tests against clients from npm" "npm could not install them (see artifacts/install.log)."; fi
fi

# One project after the other: some tests measure time, and two at once would measure each other.
dotnet build ContactCenterAgent.sln --configuration Release --nologo --verbosity quiet || exit
dotnet test ContactCenterAgent.sln --configuration Release --no-build --nologo -maxcpucount:1 \
  --logger "trx;LogFilePrefix=tests" --logger "console;verbosity=minimal" --results-directory "$results" "$@"
