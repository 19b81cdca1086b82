#!/usr/bin/env bash
# Makes the images that deploy/Dockerfile and docker-compose.yml name, where no registry of images can be reached:
#
#   tests/containers/stand_ins/make.sh FOLDER
#
# from Debian's packages and Kafka's jars (debootstrap, Java, Maven; root; a running engine). Each has the label
# stand-in=true. Grafana has no stand-in. docker compose is fetched into FOLDER/cli-plugins, for with_engine.sh.
# FOLDER is for what is fetched (600 MB). DEBIAN_MIRROR is where Debian is; by default where the machine's own apt
# has it. The machine's certificates and its pip.conf are copied into the images, since a build needs what the
# machine needs to reach its registries.
set -euo pipefail
[ $# = 1 ] || { sed -n '2,5s/^# \?//p' "$0" >&2; exit 2; }
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../../.." && pwd)
mkdir -p "$1"
cd "$1"
mirror=${DEBIAN_MIRROR:-$(apt-get indextargets --format '$(REPO_URI)' 'Label: Debian' | sort --unique)}
mirror=${mirror%%$'\n'*}
[ -n "$mirror" ] || { echo "apt knows no Debian mirror: run apt-get update, or set DEBIAN_MIRROR" >&2; exit 1; }
keys=/usr/share/keyrings/debian-archive-keyring.gpg

tagged() { sed -n "s|^ *image: \($1:[^ ]*\).*|\1|p" "$root/docker-compose.yml"; }
build() { docker build --quiet --file "$here/$1.Dockerfile" --tag "$2" "$3" >/dev/null && echo "$2"; }

# 1. From Debian's unstable suite, and not installed: recent versions of Prometheus and docker compose.
if [ ! -d unstable ]; then
    mkdir -p apt/lists/partial apt/cache/archives/partial fetched
    echo "deb [signed-by=$keys] $mirror sid main" >apt/sources.list
    options=(-qq -o "Dir::Etc::sourcelist=$PWD/apt/sources.list" -o Dir::Etc::sourceparts=/dev/null
        -o "Dir::State::lists=$PWD/apt/lists" -o "Dir::Cache=$PWD/apt/cache" -o APT::Sandbox::User=root)
    apt-get "${options[@]}" --error-on=any update
    (cd fetched && apt-get "${options[@]}" download prometheus docker-compose)
    for package in fetched/*.deb; do dpkg --extract "$package" unstable.new; done
    mv unstable.new unstable
fi
mkdir -p cli-plugins
cp unstable/usr/libexec/docker/cli-plugins/docker-compose cli-plugins/

# 2. The base of all of them.
if ! docker image inspect debian:trixie-slim >/dev/null 2>&1; then
    [ -d debian ] || {
        debootstrap --variant=minbase --include=ca-certificates,netbase trixie debian.new "$mirror" >debootstrap.log
        mv debian.new debian
    }
    cp --dereference /etc/ssl/certs/ca-certificates.crt debian/etc/ssl/certs/
    if [ -e /etc/pip.conf ]; then cp /etc/pip.conf debian/etc/; fi
    rm -rf debian/var/cache/apt/archives/*.deb
    tar --directory debian --one-file-system --create . \
        | docker import --change 'LABEL stand-in=true' - debian:trixie-slim >/dev/null
fi

# 3. What the Dockerfile and the compose file name.
mkdir -p kafka prometheus empty
cp unstable/usr/bin/prometheus prometheus/
cp "$here/kafka_start.sh" "$root/deploy/kafka/log4j2.properties" kafka/
jars=$(cd "$root" && "${PYTHON:-python3}" -c 'from deploy.kafka.jars import resolve_jars; print(resolve_jars())')
rm -rf kafka/jars && cp --recursive "$jars" kafka/jars
build python "$(sed -n 's/^ARG BASE=//p' "$root/deploy/Dockerfile")" empty
build prometheus "$(tagged prom/prometheus)" prometheus
build kafka "$(tagged apache/kafka)" kafka
