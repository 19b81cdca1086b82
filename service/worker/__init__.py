"""The Faust worker: runs READ and FOLD over Kafka."""
