"""The chooser with which editors place photographs from the wall on their pages."""

from wagtail.admin.viewsets.chooser import ChooserViewSet

from gallery.models.exhibits import Exhibit


class ExhibitChooserViewSet(ChooserViewSet):
    model = Exhibit
    icon = "image"
    choose_one_text = "Choose a photograph from the exhibition"
    choose_another_text = "Choose another photograph"
    edit_item_text = "See it on the wall"
    per_page = 24

    def get_object_list(self):
        return Exhibit.objects.on_wall().order_by("-hung_at")


exhibit_chooser = ExhibitChooserViewSet("exhibit_chooser", url_prefix="exhibits/choose")
