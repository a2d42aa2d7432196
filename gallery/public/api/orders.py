"""The orders in which photographs are listed, each with the columns that make it total."""

from enum import StrEnum

from django.db.models.functions import Lower

from cms.api.cursors import MOMENT, NUMBER, WORDS, Key, Order


class OrderName(StrEnum):
    WALL = "wall"
    NEWEST = "newest"
    OLDEST = "oldest"
    TITLE = "title"


ID = Key("public_id", WORDS)
WALL = Order("wall", (Key("wall_order", NUMBER), ID))
#: Without an edition: the newest edition's wall, then the one before.
WALLS = Order(
    "walls",
    (
        Key("exhibition__on_show_from", MOMENT, falling=True),
        Key("exhibition_id", NUMBER, falling=True),
        Key("wall_order", NUMBER),
        ID,
    ),
)
NEWEST = Order("newest", (Key("hung_at", MOMENT, falling=True), ID))
OLDEST = Order("oldest", (Key("hung_at", MOMENT), ID))
TITLE = Order("title", (Key("title_key", WORDS), ID), {"title_key": Lower("title")})
ORDERS = {order.name: order for order in (WALL, WALLS, NEWEST, OLDEST, TITLE)}


def order_named(name: OrderName | None, *, in_one_exhibition: bool) -> Order:
    if name is None:
        name = OrderName.WALL if in_one_exhibition else OrderName.NEWEST
    if name is OrderName.WALL:
        return WALL if in_one_exhibition else WALLS
    return ORDERS[name]
