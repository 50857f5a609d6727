"""What is shipped to run the bot: each file against its format's own rules, and all files against each other."""
