from .article_page import ArticlePage, ArticleTag
from .news_index_page import NewsIndexPage

__all__ = ["ArticlePage", "ArticleTag", "NewsIndexPage"]
