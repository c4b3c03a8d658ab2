"""What a database can show of the promises made about it, looked at across workspaces; only the command line asks."""
