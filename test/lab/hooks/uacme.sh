#!/bin/sh
# uacme's hook: begin|done|failed TYPE IDENTIFIER TOKEN AUTH. LAB_CHALLENGE is the one type it takes on.
set -eu
method=$1 type=$2 identifier=$3 token=$4 auth=$5
[ "$type" = "$LAB_CHALLENGE" ] || exit 1

file=$LAB_WEBROOT/.well-known/acme-challenge/$token
publish() {
  [ "${LAB_FAULT:-}" = wrong ] && auth=not-$auth
  [ "${LAB_FAULT:-}" = nothing ] || printf %s "$auth" >"$file"
}
case $type-$method in
http-01-begin) publish ;;
http-01-*) rm -f "$file" ;;
dns-01-begin) "$(dirname "$0")/cloudflare.sh" present "_acme-challenge.$identifier" "$auth" ;;
dns-01-*) "$(dirname "$0")/cloudflare.sh" cleanup "_acme-challenge.$identifier" "$auth" ;;
esac
