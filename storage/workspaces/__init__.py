"""The workspaces Throughline is installed in; one row each, whether by a static token or by OAuth."""
