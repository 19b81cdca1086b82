"""The Faust worker: runs READ, FOLD and LINK over Kafka."""
