"""Writes the alerts as the Prometheus operator takes them: a PrometheusRule around the same rules.

`make alerts` runs it; a test compares what is there with what it would write.
"""

from pathlib import Path

HERE = Path(__file__).resolve().parent
ALERTS = HERE / "prometheus" / "alerts.yml"
RULE = HERE / "kubernetes" / "components" / "prometheus-operator" / "prometheus-rule.yaml"

HEAD = """\
# Made from deploy/prometheus/alerts.yml by `make alerts`: change that file.
apiVersion: monitoring.coreos.com/v1
kind: PrometheusRule
metadata:
  name: copydesk
  labels:
    app.kubernetes.io/name: copydesk
spec:
"""


def prometheus_rule() -> str:
    """The manifest, as YAML: the alerts with their comments, indented."""
    lines = ALERTS.read_text(encoding="utf-8").splitlines()
    rules = lines[next(at for at, line in enumerate(lines) if not line.startswith("#")) :]
    return HEAD + "".join(f"  {line}\n" if line else "\n" for line in rules)


def main() -> None:
    """Write the manifest to its place."""
    RULE.write_text(prometheus_rule(), encoding="utf-8")


if __name__ == "__main__":
    main()
