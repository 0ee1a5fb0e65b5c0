#!/bin/sh
# Fetches the published schemas that exported files are checked against: XLIFF's from OASIS, TMX's DTD. Debian carries them inside two
# packages, which are unpacked into the cache and not installed. Elsewhere the tests that need them say so and are skipped.
set -eu

folder=.venv/cache/schemas
[ ! -f "$folder/tmx14.dtd" ] || exit 0
command -v apt-get >/dev/null 2>&1 && command -v dpkg-deb >/dev/null 2>&1 || exit 0

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
fetch() { (cd "$work" && apt-get download -qq php-symfony-translation omegat) >/dev/null 2>&1; }
fetch || { [ "$(id -u)" = 0 ] && apt-get update -qq && fetch; } || {
  echo "The schemas of XLIFF and TMX could not be fetched (apt-get download php-symfony-translation omegat): not checked against." >&2
  exit 0
}
for package in "$work"/*.deb; do dpkg-deb -x "$package" "$work/all"; done
mkdir -p "$folder"
find "$work/all" \( -name "xliff-core-*.xsd" -o -path "*Translation*/xml.xsd" \) -exec cp {} "$folder" \;
.venv/bin/python -c 'import sys, zipfile; sys.stdout.buffer.write(zipfile.ZipFile(sys.argv[1]).read("schemas/tmx14.dtd"))' \
  "$work/all/usr/share/omegat/OmegaT.jar" > "$work/tmx14.dtd"
mv "$work/tmx14.dtd" "$folder"
