# Stands in for apache/kafka: its jars from Maven, and the class by which that image, too, makes the broker's
# configuration of its environment. The folders, the user and the volumes are those of that image.
FROM debian:trixie-slim
LABEL stand-in=true
RUN apt-get update && apt-get install --yes --no-install-recommends openjdk-21-jre-headless \
 && rm -rf /var/lib/apt/lists/*
RUN useradd --uid 1000 --create-home --shell /bin/bash appuser \
 && install --directory --owner=appuser /opt/kafka/config /mnt/shared/config /var/lib/kafka/data \
    /etc/kafka/secrets /etc/kafka/docker
COPY jars /opt/kafka/libs
COPY log4j2.properties /opt/kafka/log4j2.properties
COPY kafka_start.sh /etc/kafka/docker/run
EXPOSE 9092
USER appuser
VOLUME ["/etc/kafka/secrets", "/var/lib/kafka/data", "/mnt/shared/config"]
CMD ["/etc/kafka/docker/run"]
