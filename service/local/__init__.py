"""copydesk on one machine: the embedded broker, and the core without Kafka."""
