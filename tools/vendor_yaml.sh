#!/bin/sh
# Build the YAML library of the offline form from its pinned source and record its hash.
# Needs npm and the network; run it after a change of the version in tools/vendor_yaml/package.json.
set -eu
here=$(cd "$(dirname "$0")/vendor_yaml" && pwd)
form="$here/../../report_templates/form"
cd "$here"
npm ci --silent
npm run --silent build -- --log-level=warning
version=$(node -p 'require("./node_modules/yaml/package.json").version')
{
  printf '/* yaml %s, built by tools/vendor_yaml.sh\n\n' "$version"
  cat node_modules/yaml/LICENSE
  printf '*/\n'
  cat build/yaml.js
} > "$form/yaml.js"
cp node_modules/yaml/LICENSE "$form/yaml.LICENSE.txt"
(cd "$form" && sha256sum yaml.js > yaml.sha256)
