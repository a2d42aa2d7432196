"""Blocks for the body of portal pages. Pictures are blocks of their own, never inside a sentence."""

from .text import HeadingBlock, ParagraphBlock

__all__ = ["HeadingBlock", "ParagraphBlock"]
