#!/bin/sh
# present|cleanup NAME VALUE: a TXT record by Cloudflare's API, as scripts in the field write it.
# LAB_TOKEN, LAB_ZONE; LAB_FAULT=wrong|nothing|twice|leave makes it do its work badly; LAB_WITHOUT names variables not to see.
set -eu
for variable in ${LAB_WITHOUT:-}; do unset "$variable"; done

api=https://api.cloudflare.com/client/v4
call() {
  curl --silent --show-error --fail --header "Authorization: Bearer $LAB_TOKEN" --header 'Content-Type: application/json' "$@"
}
first_id() {
  sed -n 's/^{"result":\[*{"id":"\([0-9a-f]*\)".*/\1/p'
}

action=$1 name=${2%.} value=$3
[ "${LAB_FAULT:-}" = wrong ] && value=not-$value

zone=$(call "$api/zones?name=$LAB_ZONE" | first_id)
[ -n "$zone" ] || { echo "no zone $LAB_ZONE" >&2; exit 1; }
create() {
  call --request POST "$api/zones/$zone/dns_records" \
    --data "{\"type\":\"TXT\",\"name\":\"$name\",\"content\":\"$value\",\"ttl\":60}" >/dev/null
}
case $action-${LAB_FAULT:-} in
present-nothing | cleanup-nothing | cleanup-leave) ;;
present-twice) create && create ;;
present-*) create ;;
cleanup-*)
  record=$(call "$api/zones/$zone/dns_records?type=TXT&name=$name&content=$value" | first_id)
  [ -z "$record" ] || call --request DELETE "$api/zones/$zone/dns_records/$record" >/dev/null
  ;;
esac
