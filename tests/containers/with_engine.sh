#!/usr/bin/env bash
# Runs a command beside a Docker engine of its own, for a machine on which none runs:
#
#   tests/containers/with_engine.sh FOLDER COMMAND [WORD]...
#
# FOLDER keeps the engine's images from one run to the next (2 GB). The engine and the command are in a network
# namespace of their own, so that no bridge, rule or port of the machine is touched; what they ask of the
# outside goes through slirp4netns, as in a rootless Docker. At the end everything is stopped.
#
# Needs root, and of Debian's packages: docker.io iptables iproute2 slirp4netns. docker compose is taken from
# FOLDER/cli-plugins if it is there, else from where the machine has it.
set -euo pipefail
[ $# -ge 2 ] || { sed -n '2,5s/^# \?//p' "$0" >&2; exit 2; }
mkdir -p "$1"
folder=$(cd "$1" && pwd)
shift
export DOCKER_HOST=unix://$folder/docker.sock
if [ -d "$folder/cli-plugins" ]; then export DOCKER_CONFIG=$folder; fi

unshare --net sleep infinity &
space=$!
engine=
net=
stop() {
    for each in $engine $net $space; do kill "$each" 2>/dev/null && wait "$each" || true; done
}
trap stop EXIT
until [ "$(readlink /proc/$space/ns/net)" != "$(readlink /proc/self/ns/net)" ]; do read -rt 0.1 <> <(:) || true; done
inside=(nsenter "--net=/proc/$space/ns/net")
"${inside[@]}" ip link set lo up

mkfifo "$folder/ready.$$"
exec 9<>"$folder/ready.$$"
rm "$folder/ready.$$"
slirp4netns --configure --mtu=65520 --disable-host-loopback --ready-fd=9 "$space" tap0 >"$folder/slirp4netns.log" 2>&1 &
net=$!
read -rn 1 -t 30 -u 9

"${inside[@]}" dockerd --host "$DOCKER_HOST" --data-root "$folder/images" --exec-root "$folder/exec" \
    --pidfile "$folder/dockerd.pid" >"$folder/dockerd.log" 2>&1 &
engine=$!
until docker info >/dev/null 2>&1; do
    kill -0 $engine 2>/dev/null || { tail -n 5 "$folder/dockerd.log" >&2; exit 1; }
    read -rt 0.2 <> <(:) || true
done
"${inside[@]}" "$@"
