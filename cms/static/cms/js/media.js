// Plays a film on its page once somebody asks for it. Before that nothing is fetched from another site;
// without scripts the button is a link to the film's own page.
for (const stage of document.querySelectorAll(".media-stage[data-frame]")) {
  stage.querySelector(".media-play").addEventListener("click", (event) => {
    event.preventDefault();
    const frame = document.createElement("iframe");
    frame.src = stage.dataset.frame;
    frame.title = stage.dataset.title;
    frame.allow = "autoplay; fullscreen; encrypted-media; picture-in-picture";
    frame.allowFullscreen = true;
    frame.referrerPolicy = "strict-origin-when-cross-origin";
    stage.replaceChildren(frame);
    frame.focus();
  });
}
