#!/bin/sh
# dehydrated's hook for dns-01: deploy_challenge|clean_challenge NAME TOKEN VALUE; it has others, which are none of ours.
set -eu
case $1 in
deploy_challenge) "$(dirname "$0")/cloudflare.sh" present "_acme-challenge.$2" "$4" ;;
clean_challenge) "$(dirname "$0")/cloudflare.sh" cleanup "_acme-challenge.$2" "$4" ;;
esac
