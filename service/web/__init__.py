"""What the two HTTP servers, of the worker and of the desk, share: guards against clients."""
