"""Finds the account that is a technician's, among however many there are."""

from django import forms
from django.db.models import Exists, OuterRef, QuerySet
from django.urls import URLPattern
from wagtail.admin.forms.choosers import BaseFilterForm
from wagtail.admin.ui.tables import BaseColumn, Column
from wagtail.admin.views.generic.chooser import BaseChooseView, ChooseResultsView, ChooseView
from wagtail.admin.viewsets.chooser import ChooserViewSet
from wagtail.admin.widgets.chooser import BaseChooser

from cms.core.text import says

from .models import Technician, User


class AccountSearchForm(BaseFilterForm):
    q = forms.CharField(label="Search by name or e-mail address", required=False)

    def filter(self, objects: QuerySet[User]) -> QuerySet[User]:
        words = self.cleaned_data["q"].strip()
        if not words:
            return objects
        self.is_searching, self.search_query = True, words
        return objects.filter(pk__in=[one.pk for one in objects if says(f"{one.name} {one.email}", words)])


class AccountsShown(BaseChooseView):
    filter_form_class = AccountSearchForm

    @property
    def columns(self) -> list[BaseColumn]:
        return [self.title_column, Column("email", label="E-mail")]


class AccountChooseView(AccountsShown, ChooseView):
    pass


class AccountChooseResultsView(AccountsShown, ChooseResultsView):
    pass


class AccountWidget(BaseChooser):
    #: It would lead to a screen that administrators alone may open.
    show_edit_link = False


class AccountChooserViewSet(ChooserViewSet):
    model = User
    icon = "user"
    choose_one_text = "Choose an account"
    choose_another_text = "Choose another account"
    per_page = 20
    base_widget_class = AccountWidget
    choose_view_class = AccountChooseView
    choose_results_view_class = AccountChooseResultsView

    def get_object_list(self) -> QuerySet[User]:
        """Nobody's who has been shut out, who has not shown that the address is theirs, or who is a technician
        already."""
        taken = Exists(Technician.objects.filter(user=OuterRef("pk")))
        return User.objects.filter(~taken, is_active=True, awaits_proof=False)

    def get_urlpatterns(self) -> list[URLPattern]:
        """Without “create”: people make their accounts themselves, or administrators do."""
        return [route for route in super().get_urlpatterns() if route.name != "create"]


account_chooser = AccountChooserViewSet("account_chooser", url_prefix="accounts/choose")
