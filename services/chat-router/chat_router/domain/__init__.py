"""What chat-router decides, without I/O."""
