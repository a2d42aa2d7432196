// The review screen works without this. It adds: a closer look, sentences to start from, the focal point by pointing,
// the description read aloud, and keys for those who want them.

const page = document.querySelector("[data-review]");
const find = (selector) => page.querySelector(selector);

const problem = find("[data-problem]");
if (problem) problem.focus();

// --- A sentence to start from is put into the box, where it can be edited. What was typed is never replaced.
const canned = find("[data-canned]");
const reason = find("[data-reason]");
let offered = "";
if (canned && reason) {
    canned.addEventListener("change", () => {
        const sentence = canned.selectedOptions[0].dataset.sentence || "";
        const typed = reason.value.trim();
        if (typed === "" || typed === offered) reason.value = sentence;
        else if (sentence) reason.value = `${reason.value.trimEnd()}\n${sentence}`;
        offered = sentence;
        canned.selectedIndex = 0;
        reason.focus();
    });
}

// --- A closer look, at the picture's full size.
const zoom = find("[data-zoom]");
const focusButton = find("[data-choose-focus]");
const choosingFocus = () => focusButton?.getAttribute("aria-pressed") === "true";
if (zoom) {
    const scroll = zoom.querySelector(".review-zoom__scroll");
    const large = zoom.querySelector("img");
    for (const link of page.querySelectorAll("[data-enlarge]")) {
        link.addEventListener("click", (event) => {
            if (event.ctrlKey || event.metaKey || event.shiftKey) return;
            event.preventDefault();
            if (choosingFocus()) return;
            const box = find("[data-picture] img").getBoundingClientRect();
            const across = event.detail ? (event.clientX - box.left) / box.width : 0.5;
            const down = event.detail ? (event.clientY - box.top) / box.height : 0.5;
            large.src ||= large.dataset.src;
            zoom.showModal();
            large.decode().then(() => {
                scroll.scrollLeft = across * large.naturalWidth - scroll.clientWidth / 2;
                scroll.scrollTop = down * large.naturalHeight - scroll.clientHeight / 2;
                scroll.focus();
            });
        });
    }
    zoom.addEventListener("click", (event) => {
        if (event.target === zoom) zoom.close();
    });
}

// --- The focal point.
const [x, y] = [find("[data-x]"), find("[data-y]")];
const mark = find("[data-focus-mark]");
const showMark = () => {
    mark.style.insetInlineStart = `${x.value * 100}%`;
    mark.style.insetBlockStart = `${y.value * 100}%`;
};
if (focusButton && x && y && mark) {
    focusButton.hidden = mark.hidden = false;
    showMark();
    for (const field of [x, y]) field.addEventListener("input", showMark);
    focusButton.addEventListener("click", () => {
        focusButton.setAttribute("aria-pressed", String(!choosingFocus()));
        find("[data-picture]").classList.toggle("is-choosing", choosingFocus());
    });
    find("[data-picture]").addEventListener("click", (event) => {
        if (!choosingFocus()) return;
        event.preventDefault();
        const box = find("[data-picture] img").getBoundingClientRect();
        const within = (part) => Math.min(1, Math.max(0, part)).toFixed(2);
        x.value = within((event.clientX - box.left) / box.width);
        y.value = within((event.clientY - box.top) / box.height);
        showMark();
    });
}

// --- The description, as a listener would hear it.
const listen = find("[data-listen]");
if (listen && "speechSynthesis" in window) {
    listen.hidden = false;
    listen.addEventListener("click", () => {
        speechSynthesis.cancel();
        const speech = new SpeechSynthesisUtterance(listen.dataset.listen);
        speech.lang = "en-GB";
        speechSynthesis.speak(speech);
    });
}

// --- Keys lead to a button; Enter presses it. Off until somebody wants them.
const keys = find("[data-keys]");
if (keys) {
    const wanted = keys.querySelector("input");
    keys.hidden = false;
    try {
        wanted.checked = localStorage.getItem("review-keys") === "on";
    } catch {
        wanted.checked = false;
    }
    const show = () => page.classList.toggle("has-keys", wanted.checked);
    show();
    wanted.addEventListener("change", () => {
        show();
        try {
            localStorage.setItem("review-keys", wanted.checked ? "on" : "off");
        } catch {
            // Then it holds for this page only.
        }
    });
    document.addEventListener("keydown", (event) => {
        const typing = event.target.closest("input, textarea, select, dialog, [contenteditable]");
        if (!wanted.checked || typing || event.ctrlKey || event.metaKey || event.altKey) return;
        const target = find(`[data-key="${CSS.escape(event.key.toLowerCase())}"]`);
        if (!target) return;
        event.preventDefault();
        target.scrollIntoView({ block: "nearest" });
        target.focus();
    });
}
