"""The HTTP API: JSON in and out, server-sent events, and what a load balancer asks."""
