"""Where a running node is put together: settings, database supervisor, workers."""
