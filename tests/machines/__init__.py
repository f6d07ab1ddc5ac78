"""The product as it is deployed, started and stopped by tests and by the benchmark. All of it listens on
127.0.0.1 alone. Only `person` and `product` need Django."""
