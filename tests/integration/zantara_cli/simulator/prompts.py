"""Prompts as the services build them."""

from zantara.text.fence import Fenced, fence_all, new_tag

PASSAGE = (
    "The investor KITAS (E28A) is a limited stay permit. Immigration asks for at least IDR 10 billion of shares in "
    "your own name. The e-visa must be used within 90 days of issue. Budget one to three weeks for approval."
)


def asking(question: str, *passages: str, language: str = "en") -> str:
    pieces = [
        Fenced(kind="passage", text=text, attributes={"id": f"p{i}", "title": "Investor KITAS", "language": language})
        for i, text in enumerate(passages or (PASSAGE,))
    ]
    return f"{fence_all(new_tag(), pieces)}\n\n{question}"
