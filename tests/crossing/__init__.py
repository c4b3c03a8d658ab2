"""Two workspaces in one Throughline, each about the other's ids: nothing either does or sees may depend on the other."""
