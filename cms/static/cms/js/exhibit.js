// What scripts add to one photograph's page: left and right arrow keys turn to its neighbours, and buttons copy the
// link or the credit, or hand both to the device. All of it listens at the document, for the viewer swaps the page.

const able = {
    "[data-copy-text]": Boolean(navigator.clipboard),
    "[data-share]": Boolean(navigator.share),
};

function show() {
    for (const [selector, works] of Object.entries(able)) {
        for (const button of document.querySelectorAll(selector)) button.hidden = !works;
    }
}

function say(words) {
    const place = document.querySelector("[data-said]");
    place.textContent = "";
    setTimeout(() => (place.textContent = words), 50); // the same words twice are spoken twice
}

document.addEventListener("click", async (event) => {
    const button = event.target.closest("[data-copy-text], [data-share]");
    if (!button) return;
    if ("share" in button.dataset) {
        const url = document.querySelector("link[rel=canonical]").href;
        await navigator.share({ title: document.querySelector("h1").textContent, url }).catch(() => {});
        return;
    }
    try {
        await navigator.clipboard.writeText(button.dataset.copyText);
        say(button.dataset.copied);
    } catch {
        say(`Your browser does not let us copy. Here it is: ${button.dataset.copyText}`);
    }
});

// Not while the reader types, scrolls sideways, or looks closer, where the arrows have work of their own.
document.addEventListener("keydown", (event) => {
    const side = { ArrowLeft: "prev", ArrowRight: "next" }[event.key];
    const busy = event.defaultPrevented || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey;
    const scrolls = document.documentElement.scrollWidth > document.documentElement.clientWidth;
    if (!side || busy || scrolls || document.querySelector("dialog[open]")) return;
    if (event.target.closest("input, select, textarea, [contenteditable]")) return;
    document.querySelector(`.beside a[rel="${side}"]`)?.click();
});

document.addEventListener("exhibit:shown", show);
show();
