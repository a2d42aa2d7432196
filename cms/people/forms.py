from django import forms
from wagtail.users.forms import UserCreationForm, UserEditForm

FIELDS = {"email", "name", "is_superuser", "groups"}


class PortalUserCreationForm(UserCreationForm):
    first_name = None
    last_name = None

    class Meta(UserCreationForm.Meta):
        fields = FIELDS
        widgets = {"groups": forms.CheckboxSelectMultiple}


class PortalUserEditForm(UserEditForm):
    first_name = None
    last_name = None

    class Meta(UserEditForm.Meta):
        fields = FIELDS | {"is_active"}
        widgets = {"groups": forms.CheckboxSelectMultiple}
