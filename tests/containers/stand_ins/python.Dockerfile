# Stands in for python:3.13-slim-trixie: Debian's own Python 3.13, under the names that image has.
FROM debian:trixie-slim
LABEL stand-in=true
RUN apt-get update \
 && apt-get install --yes --no-install-recommends python3 python3-venv python-is-python3 tzdata \
 && rm -rf /var/lib/apt/lists/*
CMD ["python3"]
