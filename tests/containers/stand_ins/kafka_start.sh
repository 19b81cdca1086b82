#!/usr/bin/env bash
# Starts a broker whose configuration is in variables KAFKA_...; the first time its storage is formatted.
set -euo pipefail
java=(java -cp '/opt/kafka/libs/*' -Dlog4j2.configurationFile=/opt/kafka/log4j2.properties)
folders=(--default-configs-dir /etc/kafka/docker --mounted-configs-dir /mnt/shared/config
    --final-configs-dir /opt/kafka/config)
if ! said=$("${java[@]}" kafka.docker.KafkaDockerWrapper setup "${folders[@]}" 2>&1); then
    echo "$said"
    [[ $said == *"already formatted"* ]] || exit 1
fi
# Heap options are two words or more.
# shellcheck disable=SC2086
exec "${java[@]}" ${KAFKA_HEAP_OPTS:-} kafka.Kafka /opt/kafka/config/server.properties
