// What is typed into the entry form stays on this device until it has arrived, so that a reload, a page left in a
// hurry, a telephone that needs its memory for the camera or a flat battery loses none of it.

const form = document.querySelector("[data-entry-form]");
const OURS = new Set(["csrfmiddlewaretoken", "page", "entry", "action", "photo"]);

// One place for each person and each form: nobody who shares the device is shown another's words.
const keyOf = (address) => `entry-words ${form.dataset.owner} ${address}`;
let key = keyOf(location.pathname);
let before = read(asServed()); // what has arrived

// Browsers fill in again what was typed, after a reload.
function asServed() {
    const served = form.cloneNode(true);
    served.reset();
    return served;
}

function read(from) {
    return Object.fromEntries([...new FormData(from)].filter(([name]) => !OURS.has(name)));
}

function recall() {
    try {
        return JSON.parse(localStorage.getItem(key));
    } catch {
        return null; // nothing may be kept here, or somebody else wrote there
    }
}

function keep(kept) {
    try {
        localStorage.removeItem(key);
        key = keyOf(form.getAttribute("action")); // another one once there is a draft
        if (kept) localStorage.setItem(key, JSON.stringify(kept));
    } catch {
        // A browser that stores nothing, or is full: the words are still sent now and then.
    }
}

// What was typed and has not arrived, or not to its end. Whatever was changed elsewhere meanwhile stays as it is.
function missing(kept, shown) {
    return Object.keys(kept.typed).filter((name) => {
        const [typed, before, here] = [kept.typed, kept.before, shown].map((words) => words[name] ?? "");
        return typed !== before && typed !== here && (here === before || (here && typed.startsWith(here)));
    });
}

function fill(name, value) {
    const add = form.querySelector("[data-add-person]");
    while (/^people-\d+-/.test(name) && !form.elements[name] && !add.hidden) add.click();
    const field = form.elements[name];
    if (!field) return;
    field.value = value; // of radio buttons, too
    const one = field instanceof RadioNodeList ? [...field].find((button) => button.checked) : field;
    for (const event of ["input", "change"]) one?.dispatchEvent(new Event(event, { bubbles: true }));
}

function put(kept) {
    const names = missing(kept, before);
    if (!names.length) return keep(null);
    const focused = document.activeElement;
    for (const name of names) fill(name, kept.typed[name]);
    if (focused === document.body) document.activeElement.blur();
    else focused.focus({ preventScroll: true });
    form.querySelector("[data-kept-words]").hidden = false;
}

// Not by a link, but to what was here a moment ago.
function isReturning() {
    const [visit] = performance.getEntriesByType("navigation");
    return document.wasDiscarded || ["reload", "back_forward"].includes(visit?.type);
}

// Words of a form that had no draft yet may have made one that we never heard of.
async function putNew(kept) {
    const address = form.getAttribute("action");
    const answer = await fetch(`${address}?page=${encodeURIComponent(kept.page)}`).catch(() => null);
    if (answer?.redirected) {
        const page = new DOMParser().parseFromString(await answer.text(), "text/html");
        const theirs = page.querySelector("[data-entry-form]");
        const unsent = theirs && missing(kept, read(theirs)).length;
        if (!unsent) keep(null);
        if (!theirs || !(unsent || isReturning())) return; // sent in, or all of it is there and this is a new one
        form.setAttribute("action", theirs.getAttribute("action"));
        if (unsent) keep(kept);
        location.replace(theirs.getAttribute("action"));
        return;
    }
    form.elements.page.value = kept.page;
    put(kept);
}

const kept = recall();
if (kept?.typed && kept.before) {
    if (document.getElementById("mistakes")) {
        before = kept.before; // the page shows what was typed, not what arrived
        keep(kept);
    } else if (form.elements.entry) put(kept);
    else putNew(kept);
}

for (const name of ["input", "change"]) {
    form.addEventListener(name, () => keep({ page: form.elements.page.value, before, typed: read(form) }));
}
form.addEventListener("draft-made", () => keep(recall()));
form.addEventListener("words-arrived", () => {
    before = read(form);
    keep(null);
});
