#!/usr/bin/env bash
# Fetches axe-core with npm and puts what the tests need of it here, checked against SHA256SUMS.
# Needed only to change the version: the copied files are committed, so the tests run without npm.
# After a change of version in package.json: fetch.sh --renew writes the sums anew; read the difference.
set -euo pipefail
here="$(cd "$(dirname "$0")" && pwd)"
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT

cp "$here/package.json" "$here/package-lock.json" "$work/"
(cd "$work" && npm ci --silent --ignore-scripts --no-audit --no-fund)
from="$work/node_modules/axe-core"
mkdir -p "$work/axe-core"
cp "$from/axe.min.js" "$from/LICENSE" "$from/LICENSE-3RD-PARTY.txt" "$work/axe-core/"
cd "$work/axe-core"
if [ "${1:-}" = "--renew" ]; then
  find . -type f | LC_ALL=C sort | xargs sha256sum > "$here/SHA256SUMS"
fi
sha256sum --check --strict --quiet "$here/SHA256SUMS"
mkdir -p "$here/axe-core"
cp -r . "$here/axe-core/"
echo "axe-core $(node -p "require('$from/package.json').version") is in tests/browser/vendor."
