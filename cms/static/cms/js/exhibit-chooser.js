/* The chooser of a photograph, with the photograph. Builds on Wagtail's, which shows an icon and a title. */
{
    class ExhibitChooser extends window.Chooser {
        initHTMLElements(id) {
            super.initHTMLElements(id);
            this.picture = this.chooserElement.querySelector("[data-chooser-image]");
        }

        getStateFromHTML() {
            const state = super.getStateFromHTML();
            return state && { ...state, picture: this.picture.getAttribute("src") || "" };
        }

        renderState(state) {
            super.renderState(state);
            this.picture.setAttribute("src", state.picture);
        }
    }

    const WagtailsOwn = window.telepath.constructors["wagtail.admin.widgets.Chooser"];
    window.telepath.register(
        "gallery.widgets.ExhibitChooser",
        class extends WagtailsOwn {
            widgetClass = ExhibitChooser;
        },
    );
}
