#!/bin/sh
# Bring an image into service.  scripts/deploy.sh IMAGE
#
# Over SSH, where DEPLOY_SSH_TARGET (user@host) says to which machine. It gets this
# version's compose.production.yaml and deploy/, and runs deploy/release.sh, which goes
# back by itself when the image does not come up. Also read: DEPLOY_SSH_KEY,
# DEPLOY_SSH_KNOWN_HOSTS (both needed), DEPLOY_SSH_PORT (22), DEPLOY_FOLDER (app).
#
# Else by a request to DEPLOY_HOOK_URL, for hosts that build this repository themselves:
# its newest commit, so it refuses while GOING_BACK is set. With neither it says so, and
# nothing is wrong.
set -eu

image=${1:?usage: scripts/deploy.sh IMAGE}
case $image in
*[!A-Za-z0-9._:/@-]*)
    echo "This is no name of an image." >&2
    exit 1
    ;;
esac

on_host() {
    ssh -i "$private/key" -o IdentitiesOnly=yes -o BatchMode=yes \
        -o "UserKnownHostsFile=$private/known_hosts" -o StrictHostKeyChecking=yes \
        -o ConnectTimeout=20 -p "${DEPLOY_SSH_PORT:-22}" "$DEPLOY_SSH_TARGET" "$1"
}

over_ssh() {
    folder=${DEPLOY_FOLDER:-app}
    private=$(mktemp -d)
    trap 'rm -rf "$private"' EXIT
    printf '%s\n' "${DEPLOY_SSH_KEY:?is not set}" >"$private/key"
    printf '%s\n' "${DEPLOY_SSH_KNOWN_HOSTS:?is not set}" >"$private/known_hosts"
    chmod 600 "$private/key"

    tar -cf - compose.production.yaml deploy |
        on_host "mkdir -p '$folder' && tar -xf - -C '$folder'"
    on_host "cd '$folder' && sh deploy/release.sh '$image'"
}

by_hook() {
    if [ -n "${GOING_BACK:-}" ]; then
        echo "A hook deploys the newest commit: go back in the host's dashboard." >&2
        exit 1
    fi
    # Whoever has the address can deploy, so it stays out of the list of processes.
    printf 'url = "%s"\n' "$DEPLOY_HOOK_URL" |
        curl --config - --request POST --fail --silent --show-error --output /dev/null
}

if [ -n "${DEPLOY_SSH_TARGET:-}" ]; then
    over_ssh
elif [ -n "${DEPLOY_HOOK_URL:-}" ]; then
    by_hook
    echo "The host was told to deploy; its dashboard shows how it goes."
else
    echo "::notice::Nothing was deployed: the environment \"production\" has neither" \
        "DEPLOY_SSH_TARGET nor DEPLOY_HOOK_URL. The image is $image."
fi
