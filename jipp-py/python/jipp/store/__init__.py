"""Where a network is kept."""
