"""What runs copydesk outside a checkout: image, broker, decisions. Nothing here is installed."""
