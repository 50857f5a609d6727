"""What the bot promises, told as behaviour; the folders mirror those of `bot`."""
