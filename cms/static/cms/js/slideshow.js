// A screen in a foyer: one photograph after another, for months, with nobody near.
//
// ?seconds=15 for each photograph, ?from=08:00&to=19:00 when the building is open (otherwise as the edition says).
// Every 45 seconds the list is read again. What is no longer on it leaves the screen and the disk at once. After
// 12 hours without a word from the site the screen goes dark and forgets its pictures: any of them could have been
// withdrawn.
const HEARTBEAT = 45_000;
const TRUST = 12 * 3_600_000;
const RESUME = 30 * 60_000; // nobody is coming back to press play, and a still picture wears the screen
const PATIENCE = 20_000;
const FADE = 1600;
const AWAKE = 4000;

const main = document.getElementById("main");
const stage = main.querySelector(".stage");
const template = document.getElementById("slide");
const status = main.querySelector(".paused");
const controls = Object.fromEntries([...main.querySelectorAll("[data-control]")].map((one) => [one.dataset.control, one]));
const folder = main.dataset.folder;
const LIST = `${folder}photographs.json`;
const KEPT = `slideshow ${folder}`;
const wishes = new URLSearchParams(location.search);
const still = matchMedia("(prefers-reduced-motion: reduce)");

let list = { items: [], zone: "Europe/London", seconds: 15, from: null, to: null };
let shown = stage.querySelector(".slide")?.dataset.id || null;
let place = Math.max(0, Number(wishes.get("n") || 1) - 1);
let turn = 0;
let due = 0;
let pausedAt = null;
let heard = shown ? Date.now() : remembered();
let listFrom = null; // "disk" or "site", once either has given one
let [busy, beating, fetching] = [false, false, false];
let lock = null;

// --- What the site said last, and when

function remembered() {
    try {
        return Number(localStorage.getItem(KEPT)) || 0;
    } catch {
        return 0;
    }
}

function remember() {
    heard = Date.now();
    try {
        localStorage.setItem(KEPT, String(heard));
    } catch {
        // then a start without a network begins dark
    }
}

// A clock that was put back says nothing about how long it has been.
function trusted() {
    const age = Date.now() - heard;
    return age < TRUST && age > -HEARTBEAT;
}

async function answerOf(address) {
    const control = new AbortController();
    const late = setTimeout(() => control.abort(), PATIENCE);
    try {
        return await fetch(address, { cache: "no-cache", credentials: "omit", signal: control.signal });
    } finally {
        clearTimeout(late);
    }
}

// The list as it is now; empty when the edition is gone; nothing when nobody answered.
async function read() {
    try {
        const answer = await answerOf(LIST);
        if (answer.status === 404 || answer.status === 410) return { ...list, items: [] };
        const read = answer.ok ? await answer.json() : null;
        return Array.isArray(read?.items) ? read : null;
    } catch {
        return null;
    }
}

// Nothing here waits for the disk or for a picture: the next word of the site must be heard whatever they do.
async function heartbeat() {
    if (beating) return;
    beating = true;
    const told = await read();
    beating = false;
    if (!told) return;
    list = told;
    listFrom = "site";
    remember();
    tick();
    drop(wanted()).then(keep);
    renew();
}

// Another release of this page is there. Once for each, so that a stale cache cannot make it turn in circles.
function renew() {
    const { version } = list;
    if (!version || version === main.dataset.version || history.state?.version === version) return;
    history.replaceState({ version }, "");
    location.reload();
}

// --- What is kept on this screen's disk: a comfort. A browser may refuse it, and everything else goes on.

async function onDisk(work) {
    try {
        return await work(await caches.open(KEPT));
    } catch {
        return undefined;
    }
}

const absolute = (address) => new URL(address, location.href).href;

function machinery() {
    const parts = [...document.querySelectorAll("link[rel=stylesheet], link[rel=icon]")].map((one) => one.href);
    const scripts = [...document.querySelectorAll("script[src]")].map((one) => one.src);
    const sprites = [...document.querySelectorAll("use")].map((one) => one.getAttribute("href").split("#")[0]);
    return [...parts, ...scripts, ...sprites, `${folder}offline/`].map(absolute);
}

// Everything the screen may hold: this page itself, the list, and what is listed.
function wanted() {
    return new Set([...machinery(), absolute(LIST), ...list.items.flatMap((item) => [absolute(picture(item)), absolute(item.qr)])]);
}

function drop(all) {
    return onDisk(async (cache) => {
        for (const request of await cache.keys()) {
            if (!all.has(request.url)) await cache.delete(request);
        }
    });
}

// Fetches what is missing, and this page's own parts once for each start. The list may change while it is at it.
let started = false;
async function keep() {
    if (fetching) return;
    fetching = true;
    await onDisk(async (cache) => {
        await cache.put(absolute(LIST), new Response(JSON.stringify(list), { headers: { "Content-Type": "application/json" } }));
        const fixed = new Set(started ? [] : machinery());
        started = true;
        for (const address of wanted()) {
            if (address !== absolute(LIST) && (fixed.has(address) || !(await cache.match(address, { ignoreVary: true })))) {
                await store(cache, address);
            }
        }
    });
    fetching = false;
}

async function store(cache, address) {
    try {
        const answer = await answerOf(address);
        if (answer.ok && wanted().has(address)) await cache.put(address, answer);
    } catch {
        // the next heartbeat tries again
    }
}

async function recall() {
    const copy = await onDisk(async (cache) => (await cache.match(absolute(LIST)))?.json());
    if (Array.isArray(copy?.items) && listFrom !== "site") [list, listFrom] = [copy, "disk"];
}

// --- Opening hours, by the building's clock whatever the screen's zone

function minutes(text) {
    const parts = /^(\d{1,2}):(\d{2})$/.exec(text || "");
    return parts ? Number(parts[1]) * 60 + Number(parts[2]) : null;
}

function open() {
    const from = minutes(wishes.get("from") ?? list.from);
    const to = minutes(wishes.get("to") ?? list.to);
    if (from === null || to === null || from === to) return true;
    const now = minutes(new Intl.DateTimeFormat("en-GB", { timeZone: list.zone, hour: "2-digit", minute: "2-digit", hourCycle: "h23" }).format());
    return from < to ? now >= from && now < to : now >= from || now < to;
}

function seconds() {
    const wished = Number(wishes.get("seconds"));
    return Math.min(300, Math.max(5, wished || list.seconds));
}

// --- One photograph

// The widest picture that is no wider than the screen.
function picture(item) {
    const screenful = Math.max(screen.width, screen.height) * (window.devicePixelRatio || 1);
    const fitting = item.pictures.filter(([width]) => width <= screenful);
    return (fitting.at(-1) || item.pictures[0])[1];
}

function hanging() {
    return list.items.filter((item) => item.pictures.length && (!item.until || Date.parse(item.until) > Date.now()));
}

function built(item, image) {
    const slide = template.content.firstElementChild.cloneNode(true);
    slide.dataset.id = item.id;
    slide.dataset.turn = String(turn % 4);
    slide.toggleAttribute("data-wide", item.width > 1.9 * item.height);
    slide.querySelector(".slide-picture").append(image);
    const link = slide.querySelector(".slide-title a");
    [link.href, link.textContent] = [item.url, item.title];
    slide.querySelector(".slide-maker b").textContent = item.maker;
    for (const name of ["role", "department", "caption"]) slide.querySelector(`.slide-${name}`).textContent = item[name];
    const code = new Image(160, 160);
    [code.src, code.alt] = [item.qr, ""];
    slide.querySelector(".slide-code").prepend(code);
    return slide;
}

const late = () => new Promise((_, reject) => setTimeout(reject, PATIENCE));

async function loaded(item) {
    const image = new Image(item.width, item.height);
    image.alt = item.alt;
    image.src = picture(item);
    try {
        await Promise.race([image.decode(), late()]);
        return image;
    } catch {
        return null; // withdrawn this very minute, not kept, or too slow: the next one
    }
}

// Long words step down until they stand on the screen.
function fit(slide) {
    const words = slide.querySelector(".slide-words");
    for (let scale = 1; scale >= 0.55; scale -= 0.05) {
        slide.style.setProperty("--scale", String(scale));
        if (words.scrollHeight <= words.clientHeight + 1) return;
    }
}

function swap(slide) {
    const before = [...stage.children];
    for (const words of before.filter((one) => !one.matches(".slide"))) words.remove();
    slide.style.setProperty("--seconds", `${seconds()}s`);
    slide.classList.add("coming");
    stage.append(slide);
    fit(slide);
    void slide.offsetWidth;
    slide.classList.remove("coming");
    for (const old of before) {
        old.inert = true;
        old.classList.add("going");
        if (still.matches) old.remove();
        else setTimeout(() => old.remove(), FADE);
    }
}

async function show(step) {
    if (busy) return;
    busy = true;
    try {
        const items = hanging();
        const here = items.findIndex((item) => item.id === shown);
        // When the one on show has left the wall, the next stands where it stood.
        let next = here < 0 ? place : here + step;
        for (let tried = 0; tried < items.length; tried += 1, next += step || 1) {
            next = ((next % items.length) + items.length) % items.length;
            const image = await loaded(items[next]);
            if (!image || !trusted() || !hanging().some((item) => item.id === items[next].id)) continue;
            [shown, place] = [items[next].id, next];
            turn += 1;
            due = Date.now() + seconds() * 1000;
            swap(built(items[next], image));
            state("on");
            stayAwake();
            return;
        }
        due = Date.now() + HEARTBEAT;
    } finally {
        busy = false;
    }
}

// --- From second to second

function state(name) {
    if (document.documentElement.dataset.state === name) return;
    document.documentElement.dataset.state = name;
    if (name !== "on") lock?.release().catch(() => {});
}

function clear(name) {
    stage.replaceChildren();
    shown = null;
    due = 0;
    state(name);
}

async function tick() {
    if (!trusted()) {
        if (document.documentElement.dataset.state === "blank") return;
        clear("blank");
        list = { ...list, items: [] };
        drop(new Set(machinery()));
        return;
    }
    if (!open()) return void clear("dark");
    if (!listFrom) return;
    const items = hanging();
    if (!items.length) {
        if (document.documentElement.dataset.state !== "empty") {
            clear("empty");
            stage.append(document.getElementById("none").content.cloneNode(true));
        }
        return;
    }
    if (pausedAt !== null && Date.now() - pausedAt > RESUME) pause(false);
    if (shown && !items.some((item) => item.id === shown)) {
        stage.replaceChildren();
        await show(1);
    } else if (!shown || (pausedAt === null && Date.now() >= due)) {
        await show(1);
    }
}

async function stayAwake() {
    if (lock?.released === false) return;
    try {
        lock = await navigator.wakeLock?.request("screen");
    } catch {
        // the screen's own settings decide
    }
}

// --- Hands and keys

function pause(wanted = pausedAt === null) {
    pausedAt = wanted ? Date.now() : null;
    status.textContent = wanted ? "Paused" : "";
    stage.setAttribute("aria-live", wanted ? "polite" : "off");
    document.documentElement.toggleAttribute("data-paused", wanted);
    controls.pause.querySelector("span").textContent = wanted ? "Go on" : "Pause";
    const use = controls.pause.querySelector("use");
    use.setAttribute("href", use.getAttribute("href").replace(/#.*/, wanted ? "#play" : "#pause"));
    if (!wanted) due = Date.now() + seconds() * 1000;
}

let sleep;
function wake() {
    document.documentElement.dataset.awake = "";
    clearTimeout(sleep);
    sleep = setTimeout(() => delete document.documentElement.dataset.awake, AWAKE);
    if (pausedAt !== null) pausedAt = Date.now();
}

const actions = {
    back: () => show(-1),
    next: () => show(1),
    pause: () => pause(),
    whole: () => (document.fullscreenElement ? document.exitFullscreen() : document.documentElement.requestFullscreen()),
};
// No letters: whoever speaks to their machine would press them with every word (WCAG 2.1.4).
const keys = { ArrowLeft: "back", ArrowRight: "next", PageUp: "back", PageDown: "next", " ": "pause" };

document.addEventListener("keydown", (event) => {
    const action = keys[event.key];
    const pressesButton = event.key === " " && event.target.closest("a, button");
    if (!action || pressesButton || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    actions[action]();
    if (pausedAt !== null) pausedAt = Date.now();
});
main.addEventListener("click", (event) => {
    const action = event.target.closest("[data-control]")?.dataset.control;
    if (!action) return;
    event.preventDefault();
    actions[action]();
});
stage.addEventListener("focusin", () => pause(true)); // a link somebody has reached does not leave under their hands
for (const kind of ["pointermove", "pointerdown", "focusin"]) document.addEventListener(kind, wake);
window.addEventListener("online", heartbeat);
document.addEventListener("fullscreenchange", () => {
    controls.whole.querySelector("span").textContent = document.fullscreenElement ? "Leave full screen" : "Full screen";
});

// --- Begin

async function settle() {
    try {
        await navigator.serviceWorker?.register(`${folder}worker.js`);
        await navigator.storage?.persist?.();
    } catch {
        // then it needs a network to begin
    }
}

function begin() {
    controls.pause.hidden = false;
    controls.whole.hidden = !document.fullscreenEnabled;
    stage.setAttribute("aria-live", "off");
    if (shown) {
        due = Date.now() + seconds() * 1000;
        state("on");
        fit(stage.querySelector(".slide"));
    }
    setInterval(tick, 1000);
    setInterval(heartbeat, HEARTBEAT);
    recall().then(tick);
    heartbeat();
    settle();
}

begin();
