#!/bin/sh
# Makes the namespace with its retention and registers the search attributes listed in a file. Harmless to
# repeat: what is there already stays, and what is there with another type is refused by name.
# usage: init.sh FILE      Reads TEMPORAL_ADDRESS, TEMPORAL_NAMESPACE and TEMPORAL_RETENTION (90d, 365d, ...).
set -eu
: "${TEMPORAL_ADDRESS:?}" "${TEMPORAL_NAMESPACE:?}" "${TEMPORAL_RETENTION:?}"
list=${1:?usage: init.sh FILE}
[ -r "$list" ] || {
    echo "init.sh: there is no readable file $list" >&2
    exit 1
}

await_server() {
    tries=60
    until temporal operator cluster health >/dev/null 2>&1; do
        tries=$((tries - 1))
        if [ "$tries" -le 0 ]; then
            echo "init.sh: Temporal at $TEMPORAL_ADDRESS does not answer; it says:" >&2
            temporal operator cluster health >&2
            exit 1
        fi
        sleep 1
    done
}

ensure_namespace() {
    if temporal operator namespace describe --namespace "$TEMPORAL_NAMESPACE" >/dev/null 2>&1; then
        temporal operator namespace update --namespace "$TEMPORAL_NAMESPACE" --retention "$TEMPORAL_RETENTION"
    else
        temporal operator namespace create --namespace "$TEMPORAL_NAMESPACE" --retention "$TEMPORAL_RETENTION"
    fi
}

attributes() {
    temporal operator search-attribute list --namespace "$TEMPORAL_NAMESPACE"
}

# A new namespace is known to every part of the server only after its caches have turned over.
await_namespace() {
    tries=30
    until attributes >/dev/null 2>&1; do
        tries=$((tries - 1))
        if [ "$tries" -le 0 ]; then
            attributes
            exit 1
        fi
        sleep 1
    done
}

ensure_attributes() {
    # the second condition: a last line without its newline counts too
    while read -r name type rest || [ -n "$name" ]; do
        case $name in
            '' | '#'*) continue ;;
        esac
        if [ -z "$type" ] || [ -n "$rest" ]; then
            echo "init.sh: each line of $list is a name and a type; this one is not: $name $type $rest" >&2
            exit 1
        fi
        temporal operator search-attribute create --namespace "$TEMPORAL_NAMESPACE" --name "$name" --type "$type"
    done <"$list"
}

await_server
ensure_namespace
await_namespace
before=$(attributes)
ensure_attributes
if [ "$(attributes)" != "$before" ]; then
    sleep 5 # the parts of the server that workers talk to look for new attributes every two seconds
fi
echo "Namespace $TEMPORAL_NAMESPACE is ready: retention $TEMPORAL_RETENTION, search attributes of $list."
