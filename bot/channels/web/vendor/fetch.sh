#!/usr/bin/env bash
# Fetches Leaflet with npm and puts what the page needs of it into static/vendor, checked against SHA256SUMS.
# Needed only to change the version: the copied files are committed, so the page works without npm.
# After a change of version in package.json: fetch.sh --renew writes the sums anew; read the difference.
set -euo pipefail
here="$(cd "$(dirname "$0")" && pwd)"
kept="$here/../static/vendor/leaflet"
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT

cp "$here/package.json" "$here/package-lock.json" "$work/"
(cd "$work" && npm ci --silent --ignore-scripts --no-audit --no-fund)
from="$work/node_modules/leaflet"
mkdir -p "$work/leaflet/images"
cp "$from/LICENSE" "$from/dist/leaflet.js" "$from/dist/leaflet.css" "$work/leaflet/"
cp "$from"/dist/images/*.png "$work/leaflet/images/"
cd "$work/leaflet"
if [ "${1:-}" = "--renew" ]; then
  find . -type f | LC_ALL=C sort | xargs sha256sum > "$here/SHA256SUMS"
fi
sha256sum --check --strict --quiet "$here/SHA256SUMS"
mkdir -p "$kept"
cp -r . "$kept/"
echo "Leaflet $(node -p "require('$from/package.json').version") is in static/vendor/leaflet."
