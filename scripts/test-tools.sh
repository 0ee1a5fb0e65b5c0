#!/bin/sh
# Makes sure of what the tests need beside Python: Chromium, a Korean font, PostgreSQL, curl. Installs them on Debian and Ubuntu when it
# may; otherwise fails and says what to install, because a browser test that is skipped in silence proves nothing.
set -eu

missing=""
for program in ${CHROMIUM:-chromium-headless-shell} chromium /usr/bin/chromium chromium-browser google-chrome; do
  command -v "$program" >/dev/null 2>&1 && chromium=$program && break
done
[ -n "${chromium:-}" ] || missing="$missing chromium"
if command -v fc-list >/dev/null 2>&1; then
  fc-list :lang=ko family 2>/dev/null | grep -q . || missing="$missing fonts-noto-cjk"
else
  missing="$missing fontconfig fonts-noto-cjk"
fi
command -v curl >/dev/null 2>&1 || missing="$missing curl"
ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || command -v initdb >/dev/null 2>&1 || missing="$missing postgresql"

[ -n "$missing" ] || exit 0

if command -v apt-get >/dev/null 2>&1; then
  root=""
  [ "$(id -u)" = 0 ] || { command -v sudo >/dev/null 2>&1 && sudo -n true 2>/dev/null && root="sudo"; } || root="none"
  if [ "$root" != none ]; then
    echo "Installing for the tests:$missing"
    $root apt-get update -qq
    # Debian has a Chromium without windows, which opens a page in a third of the time.
    if apt-cache show chromium-headless-shell >/dev/null 2>&1; then
      missing=$(echo "$missing" | sed 's/ chromium\b/ chromium-headless-shell/')
    fi
    # shellcheck disable=SC2086  # a list of package names on purpose
    DEBIAN_FRONTEND=noninteractive $root apt-get install -y -qq --no-install-recommends $missing >/dev/null
    exit 0
  fi
fi
echo "The tests need:$missing" >&2
echo "Install them (Debian, Ubuntu: sudo apt-get install$missing; macOS: brew install --cask chromium; brew install postgresql)," >&2
echo "then run make test again. CHROMIUM=/path/to/chrome names another Chromium." >&2
exit 1
