// The full-screen viewer. Everything it shows comes from the page itself, or from the page of a neighbour, which then
// takes this page's place: whenever the viewer closes, page, address and picture say the same.
//
// Addresses: looking closer adds `#look` to the page's address as one step of its own, so Back closes; turning to a
// neighbour replaces that step. An address with `#look` opens the viewer by itself.

const HASH = "#look";
const STEP = 1.5; // one press of zoom in
const DOUBLE = 2.5; // a double tap
const MOST = 4; // at least this close, however small the picture
const GLIDE = 140; // how long a let-go picture would go on moving, in milliseconds
const HEAD = "link[rel=canonical], meta[name], meta[property], script[type$=json]";
const KEEP = "[name=viewport], [name=color-scheme], [name=theme-color]";

const dialog = document.querySelector("[data-viewer]");
const stage = dialog.querySelector("[data-stage]");
const pan = dialog.querySelector("[data-pan]");
const status = dialog.querySelector("[data-status]");
const calm = matchMedia("(prefers-reduced-motion: reduce)");

let shown = location.pathname; // the address of the photograph that page and viewer show
let picture; // its <picture> on the stage
let fit = { width: 1, height: 1, most: MOST }; // its size when whole
let view = { scale: 1, x: 0, y: 0 }; // how it is seen; x and y from the middle of the stage

// --- Saying and moving

let saying;
function say(words) {
    clearTimeout(saying);
    saying = setTimeout(() => (status.textContent = words), 300);
}

function morph(change) {
    if (!document.startViewTransition || calm.matches) return change();
    const transition = document.startViewTransition(change);
    transition.ready.catch(() => {}); // overtaken by the next one
    return transition.updateCallbackDone;
}

// --- Zoom and pan

const clamp = (value, edge) => Math.min(Math.max(value, -edge), edge);
const image = () => picture.querySelector("img");

function measure() {
    const img = image();
    const widest = Math.max(...img.srcset.split(",").map((source) => parseInt(source.trim().split(" ")[1], 10)));
    const [width, height] = [Number(img.getAttribute("width")), Number(img.getAttribute("height"))];
    const scale = Math.min(stage.clientWidth / width, stage.clientHeight / height, (widest || width) / width);
    fit = { width: width * scale, height: height * scale };
    fit.most = Math.max(MOST, ((widest || width) * 2) / fit.width);
    img.style.width = `${fit.width}px`;
    img.style.height = `${fit.height}px`;
}

function apply(settle = false) {
    view.scale = Math.min(Math.max(view.scale, 1), fit.most);
    view.x = clamp(view.x, Math.max((fit.width * view.scale - stage.clientWidth) / 2, 0));
    view.y = clamp(view.y, Math.max((fit.height * view.scale - stage.clientHeight) / 2, 0));
    place(settle);
    const closer = view.scale > 1;
    stage.classList.toggle("closer", closer);
    if (!closer && pan.contains(document.activeElement)) act("whole").focus();
    pan.hidden = !closer;
    act("out").ariaDisabled = String(!closer);
    act("whole").ariaDisabled = String(!closer);
    act("in").ariaDisabled = String(view.scale >= fit.most);
    sharpen();
}

function place(settle) {
    picture.classList.toggle("settle", settle);
    picture.style.transform = `translate(${view.x}px, ${view.y}px) scale(${view.scale})`;
}

let sharpening;
function sharpen() {
    clearTimeout(sharpening);
    sharpening = setTimeout(() => sizeUp(picture, fit.width * view.scale), 150);
}

// The browser picks the file that is sharp enough at this width, and shows it once it is there.
function sizeUp(element, width) {
    for (const part of element.querySelectorAll("source, img")) part.sizes = `${Math.ceil(width)}px`;
}

// `at` stays where it is, counted from the middle of the stage.
function zoom(scale, at = { x: 0, y: 0 }, settle = true) {
    const wanted = Math.min(Math.max(scale, 1), fit.most);
    const ratio = wanted / view.scale;
    view = { scale: wanted, x: at.x - (at.x - view.x) * ratio, y: at.y - (at.y - view.y) * ratio };
    apply(settle);
    if (wanted === 1) say("Whole picture");
    else say(`${Math.round(wanted * 100)} %${wanted === fit.most ? ", as close as it goes" : ""}`);
}

function look(across, down) {
    view.x -= (across * stage.clientWidth) / 4;
    view.y -= (down * stage.clientHeight) / 4;
    apply(true);
}

const ACTS = {
    in: () => zoom(view.scale * STEP),
    out: () => zoom(view.scale / STEP < 1.1 ? 1 : view.scale / STEP),
    whole: () => zoom(1),
    left: () => look(-1, 0),
    right: () => look(1, 0),
    up: () => look(0, -1),
    down: () => look(0, 1),
    close: () => leave(),
};
const act = (name) => dialog.querySelector(`[data-act="${name}"]`);

// --- Fingers, mouse and wheel

const fingers = new Map();
let drag = null; // where a movement began: { x, y, at, moved }
let tap = { at: 0, x: 0, y: 0 };

function middle(event) {
    const box = stage.getBoundingClientRect();
    return { x: event.clientX - box.left - box.width / 2, y: event.clientY - box.top - box.height / 2 };
}

function spread() {
    const [a, b] = [...fingers.values()];
    return { distance: Math.hypot(a.x - b.x, a.y - b.y) || 1, x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 };
}

stage.addEventListener("pointerdown", (event) => {
    if (event.button > 0) return;
    stage.setPointerCapture(event.pointerId);
    fingers.set(event.pointerId, middle(event));
    drag = { ...middle(event), at: event.timeStamp, moved: fingers.size > 1, pinched: fingers.size > 1, speed: [0, 0] };
});

stage.addEventListener("pointermove", (event) => {
    const before = fingers.get(event.pointerId);
    if (!before) return;
    const now = middle(event);
    if (fingers.size === 2) {
        const was = spread();
        fingers.set(event.pointerId, now);
        const is = spread();
        view.x += is.x - was.x;
        view.y += is.y - was.y;
        zoom(view.scale * (is.distance / was.distance), is, false);
        return;
    }
    fingers.set(event.pointerId, now);
    if (!drag.moved && Math.hypot(now.x - drag.x, now.y - drag.y) < 6) return;
    const passed = Math.max(event.timeStamp - drag.at, 1);
    drag = { ...drag, moved: true, at: event.timeStamp, speed: [(now.x - before.x) / passed, (now.y - before.y) / passed] };
    view.x += now.x - before.x;
    view.y += now.y - before.y;
    if (view.scale > 1) apply();
    else if (!drag.pinched) place(false); // follows the finger, to be turned or put back
});

function letGo(event) {
    if (!fingers.delete(event.pointerId) || fingers.size || !drag) return;
    const { moved, pinched, speed } = drag;
    const rested = event.timeStamp - drag.at > 80;
    drag = null;
    if (!moved) return tapped(event);
    if (view.scale > 1) {
        if (!rested && !calm.matches) [view.x, view.y] = [view.x + speed[0] * GLIDE, view.y + speed[1] * GLIDE];
        return apply(true);
    }
    const far = view.x;
    const sideways = Math.abs(view.x) > 1.5 * Math.abs(view.y);
    if (!pinched && sideways && Math.abs(far) > 50 && turnTo(far > 0 ? "prev" : "next")) return;
    apply(true);
}
stage.addEventListener("pointerup", letGo);
stage.addEventListener("pointercancel", letGo);

function tapped(event) {
    const at = middle(event);
    const twice = event.timeStamp - tap.at < 350 && Math.hypot(at.x - tap.x, at.y - tap.y) < 30;
    tap = twice ? { at: 0, x: 0, y: 0 } : { at: event.timeStamp, ...at };
    if (twice) zoom(view.scale > 1 ? 1 : DOUBLE, at);
}

stage.addEventListener(
    "wheel",
    (event) => {
        event.preventDefault();
        zoom(view.scale * Math.exp(-event.deltaY * (event.ctrlKey ? 0.01 : 0.002)), middle(event), false);
    },
    { passive: false },
);

// --- Keys and buttons

dialog.addEventListener("keydown", (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return; // the browser's own zoom, for one
    const arrow = { ArrowLeft: "left", ArrowRight: "right", ArrowUp: "up", ArrowDown: "down" }[event.key];
    const name = { "+": "in", "=": "in", "-": "out", "_": "out", 0: "whole" }[event.key] || arrow;
    const side = { PageUp: "prev", PageDown: "next" }[event.key];
    if (side || (arrow && view.scale === 1)) turnTo(side || { left: "prev", right: "next" }[arrow]);
    else if (name) ACTS[name]();
    else return;
    event.preventDefault();
});

dialog.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    const control = event.target.closest("[data-act], [data-turn]");
    if (!control) return;
    event.preventDefault();
    if (control.dataset.turn) turnTo(control.dataset.turn);
    else if (control.ariaDisabled !== "true") ACTS[control.dataset.act]();
});

new ResizeObserver(() => {
    if (!dialog.open || !picture) return;
    measure();
    apply();
}).observe(stage);

// --- What is shown

// Puts the picture of this page on the stage, and its words into the bar.
function fill() {
    const article = document.querySelector(".exhibit");
    dialog.style.cssText = article.style.cssText;
    picture = article.querySelector("[data-plate] picture").cloneNode(true);
    stage.replaceChildren(picture);
    image().draggable = false;
    dialog.querySelector("#viewer-title").textContent = article.querySelector("h1").textContent;
    dialog.querySelector("[data-maker]").textContent = maker(article);
    for (const link of dialog.querySelectorAll("[data-turn]")) {
        const neighbour = article.querySelector(`.beside a[rel="${link.dataset.turn}"]`);
        if (!neighbour && link === document.activeElement) act("in").focus();
        link.hidden = !neighbour;
        if (!neighbour) continue;
        link.href = neighbour.href;
        link.querySelector("[data-title]").textContent = titleOf(neighbour);
    }
    view = { scale: 1, x: 0, y: 0 };
    measure();
    apply();
}

const maker = (article) => article.querySelector(".exhibit-maker b")?.textContent ?? "";
const titleOf = (neighbour) => neighbour.querySelector("bdi").textContent;

// --- Neighbours

const fetched = new Map();

function pageOf(address) {
    if (!fetched.has(address)) fetched.set(address, fetchPage(address));
    return fetched.get(address);
}

async function fetchPage(address) {
    const answer = await fetch(address);
    if (!answer.ok) throw new Error(`${address} answered ${answer.status}`);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const large = document.importNode(page.querySelector("[data-plate] picture"), true);
    sizeUp(large, fit.width);
    await Promise.race([
        large.querySelector("img").decode(),
        new Promise((resolve) => setTimeout(resolve, 4000)),
    ]).catch(() => {}); // a picture that does not come still has its words
    return page;
}

function turnTo(side) {
    const link = dialog.querySelector(`[data-turn="${side}"]`);
    if (!side) return false;
    if (link.hidden) {
        say(side === "next" ? "This is the last photograph." : "This is the first photograph.");
        return false;
    }
    turn(link.href, side);
    return true;
}

let turning = "";
async function turn(address, side) {
    if (turning === address) return;
    turning = address;
    stage.ariaBusy = "true";
    try {
        const page = await pageOf(address);
        if (turning !== address || !dialog.open) return;
        await morph(() => takeOver(page, address));
        fetched.clear(); // never shown twice: a photograph may be taken down meanwhile
        const article = document.querySelector(".exhibit");
        say([document.querySelector("h1").textContent, maker(article), image().alt].filter(Boolean).join(". "));
        lookAhead(side);
    } catch {
        location.assign(address); // what is wrong, its own page says best
    } finally {
        if (turning === address) turning = "";
        stage.ariaBusy = "false";
    }
}

// The neighbour's page in place of this one, without the frame they share.
function takeOver(page, address) {
    document.querySelector("main").replaceWith(document.importNode(page.querySelector("main"), true));
    document.title = page.title;
    for (const old of document.head.querySelectorAll(HEAD)) if (!old.matches(KEEP)) old.remove();
    for (const fact of page.head.querySelectorAll(HEAD)) {
        if (!fact.matches(KEEP)) document.head.append(document.importNode(fact, true));
    }
    shown = new URL(address).pathname;
    history.replaceState(history.state, "", shown + HASH);
    ready();
    fill();
    document.dispatchEvent(new Event("exhibit:shown"));
}

function lookAhead(side) {
    const link = dialog.querySelector(`[data-turn="${side}"]`);
    if (link.hidden || navigator.connection?.saveData) return;
    pageOf(link.href).catch(() => fetched.delete(link.href));
}

// --- Opening and closing

const opener = () => document.querySelector("[data-look]");

function ready() {
    opener().hidden = false;
    document.querySelector("[data-plate]").classList.add("opens");
}

function open() {
    if (dialog.open) return;
    morph(() => {
        dialog.showModal();
        fill();
    });
    lookAhead("next");
}

function close() {
    if (!dialog.open) return;
    const turned = shown !== location.pathname;
    if (turned || location.hash === HASH) history.replaceState(null, "", shown);
    turning = "";
    morph(() => {
        dialog.close();
        if (turned) scrollTo({ top: 0, behavior: "instant" });
        opener().focus({ preventScroll: true });
    });
}

// Back closes; whoever came straight to this address has nothing of ours to go back to.
function leave() {
    if (history.state?.looking) history.back();
    else close();
}

document.addEventListener("click", (event) => {
    if (!event.target.closest("[data-look], [data-plate] picture")) return;
    history.pushState({ looking: true }, "", location.pathname + location.search + HASH);
    open();
});

dialog.addEventListener("cancel", (event) => {
    event.preventDefault();
    leave();
});

addEventListener("popstate", () => {
    if (location.hash === HASH) open();
    else if (dialog.open) close();
    else if (location.pathname !== shown) location.reload();
});

ready();
if (location.hash === HASH) open();
