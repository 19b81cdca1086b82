# Stands in for prom/prometheus: Debian's Prometheus, and busybox's wget for the health check.
FROM debian:trixie-slim
LABEL stand-in=true
RUN apt-get update && apt-get install --yes --no-install-recommends busybox \
 && ln -s /bin/busybox /usr/local/bin/wget && rm -rf /var/lib/apt/lists/* \
 && install --directory --owner=nobody --group=nogroup /prometheus
COPY prometheus /bin/prometheus
USER nobody
EXPOSE 9090
VOLUME /prometheus
ENTRYPOINT ["/bin/prometheus"]
