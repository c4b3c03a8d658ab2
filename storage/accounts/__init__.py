"""Accounts: the customers a workspace works for, by the workspace's own names."""
