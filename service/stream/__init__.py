"""The shell: the core as a Faust worker over Kafka."""
