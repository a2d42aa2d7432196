"""What every endpoint that speaks Wagtail's dialect has in common."""

from django.core.exceptions import ValidationError
from django.db import DataError
from django.db.models import QuerySet
from rest_framework.negotiation import DefaultContentNegotiation
from rest_framework.permissions import AllowAny
from rest_framework.renderers import BaseRenderer, JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response
from wagtail.api.v2.serializers import BaseSerializer
from wagtail.api.v2.utils import BadRequestError
from wagtail.api.v2.views import BaseAPIViewSet

MAX_OFFSET = 1_000_000


class AlwaysJSON(DefaultContentNegotiation):
    """Whatever the client says it accepts, so that a cache can give everybody the same answer."""

    def select_renderer(
        self, request: Request, renderers: list[BaseRenderer], format_suffix: str | None = None
    ) -> tuple[BaseRenderer, str]:
        return renderers[0], renderers[0].media_type


class PublicAPIViewSet(BaseAPIViewSet):
    """Nobody is signed in here, so that every answer may be shared. What no database can take is a 400."""

    renderer_classes = [JSONRenderer]
    content_negotiation_class = AlwaysJSON
    authentication_classes: list = []
    permission_classes = [AllowAny]

    def initial(self, request: Request, *args: object, **kwargs: object) -> None:
        super().initial(request, *args, **kwargs)
        for name, values in request.GET.lists():
            if len(values) > 1:
                raise BadRequestError(f"{name[:60]} is given more than once")
            if "\x00" in name + values[0] or len(values[0]) > 500:
                raise BadRequestError(f"{name[:60]} is too long or holds a null character")
        offset = request.GET.get("offset", "")
        if offset.isdecimal() and int(offset) > MAX_OFFSET:
            raise BadRequestError(f"offset cannot be higher than {MAX_OFFSET}")

    def handle_exception(self, exc: Exception) -> Response:
        if self.request.GET and isinstance(exc, ValidationError | DataError | OverflowError | ValueError):
            return Response({"message": "a parameter has a value that its field cannot have"}, status=400)
        return super().handle_exception(exc)


class RecordsAPIViewSet(PublicAPIViewSet):
    """Records of ours that are no pages: complete as they are, and strict about what may be asked."""

    def check_query_parameters(self, queryset: QuerySet) -> None:
        unknown = sorted(self.request.GET.keys() - self.known_query_parameters)
        if unknown:
            raise BadRequestError(f"query parameter is not known here: {', '.join(unknown)}")

    def get_serializer_class(self) -> type[BaseSerializer]:
        if "(" in self.request.GET.get("fields", ""):
            raise BadRequestError("fields of these are complete: there are no nested fields to choose")
        return super().get_serializer_class()

    def detail_view(self, request: Request, pk: str) -> Response:
        if self.request.GET.keys() - {"fields"}:
            raise BadRequestError("only fields can be given here")
        return super().detail_view(request, pk)
