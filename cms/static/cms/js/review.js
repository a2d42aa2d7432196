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

// --- Keys decide. Off until somebody wants them. Approving is made ten seconds later, with the usual thanks, and can be
// called back until then; the other decisions ask for words first.
const keys = find("[data-keys]");
if (keys) {
    const WAIT_SECONDS = 10;
    const wanted = keys.querySelector("input");
    const said = find("[data-keys-said]");
    let soon = null;
    let decision = null;
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
        callBack("");
        try {
            localStorage.setItem("review-keys", wanted.checked ? "on" : "off");
        } catch {
            // Then it holds for this page only.
        }
    });

    const say = (words) => {
        said.textContent = words;
    };
    const callBack = (words) => {
        clearTimeout(soon);
        soon = null;
        say(words);
    };
    const approve = (button) => {
        if (soon !== null) {
            callBack("Approving.");
            button.click();
            return;
        }
        if (reason.value.trim() === "") reason.value = canned.querySelector("[data-sentence]:not([value=''])").dataset.sentence;
        say(`Approving in ${WAIT_SECONDS} seconds. Esc calls it back, A again does it now.`);
        soon = setTimeout(() => button.click(), WAIT_SECONDS * 1000);
    };
    const wordsFirst = (button) => {
        decision = button;
        const name = button.textContent.trim();
        if (reason.value.trim() === "") {
            reason.focus();
            say(`${name}: say what to do, then press Ctrl and Enter.`);
        } else {
            button.focus();
            say(`${name}: press Enter.`);
        }
    };

    document.addEventListener("keydown", (event) => {
        if (!wanted.checked) return;
        if (event.key === "Escape" && soon !== null) {
            callBack("Called back. Nothing was decided.");
            return;
        }
        if (event.target === reason && event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
            event.preventDefault();
            decision?.click();
            return;
        }
        const box = "input:not([type=checkbox], [type=radio]), textarea, select, dialog, [contenteditable]";
        if (event.target.closest(box) || event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
        const target = find(`[data-key="${CSS.escape(event.key.toLowerCase())}"]`);
        if (!target) return;
        event.preventDefault();
        if (target.value === "approve") approve(target);
        else if (!target.matches("a")) {
            callBack("");
            wordsFirst(target);
        } else if (soon !== null) approve(find("[value=approve]"));
        else target.click();
    });
}
