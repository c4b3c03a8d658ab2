"""Product areas: who looks after what, and which channel's feedback is theirs."""
