"""copydesk on one machine: the pipeline on files, without Kafka, and the embedded broker."""
