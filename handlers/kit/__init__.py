"""What every feature is made with: Block Kit, words, commands. Below all features; knows none of them."""
