"""`python -m chat_router`."""

from chat_router.main import main

main()
