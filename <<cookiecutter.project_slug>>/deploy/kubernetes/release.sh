#!/bin/sh
# Bring one version to one environment: release.sh production TAG
# Settings first, then migrations; new code is started when those are done.
set -eu

overlay=${1:?usage: release.sh OVERLAY TAG}
tag=${2:?usage: release.sh OVERLAY TAG}
folder=$(dirname "$0")/overlays/$overlay

manifests=$(mktemp)
trap 'rm -f "$manifests"' EXIT
kubectl kustomize "$folder" | sed "s|^\( *image: .*\):[^:]*\$|\1:$tag|" >"$manifests"
namespace=$(sed -n 's/^namespace: //p' "$folder/kustomization.yaml")

here() {
    kubectl --namespace "$namespace" "$@"
}

here apply --filename "$manifests" --selector 'role in (settings, network)'
# A Job cannot be changed, only made anew.
here delete job migrate --ignore-not-found
here apply --filename "$manifests" --selector role=migrate
# Ends when the Job does.
here logs job/migrate --follow --pod-running-timeout=5m || true
here wait job/migrate --for=condition=complete --timeout=60s
here apply --filename "$manifests" --selector 'role notin (settings, network, migrate)'
for deployment in $(here get deployments --output name); do
    here rollout status "$deployment" --timeout=10m
done
