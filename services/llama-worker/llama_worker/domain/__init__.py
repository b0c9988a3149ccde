"""What llama-worker decides, without I/O: which queries belong together, which answers may be proposed, when."""
