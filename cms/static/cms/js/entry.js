// Comfort for the entry form. Everything works without this file.

const form = document.querySelector("[data-entry-form]");

// --- Counters, beside every field that has a most

function count(field) {
    const words = Number(field.dataset.mostWords);
    const used = words ? field.value.split(/\s+/).filter(Boolean).length : [...field.value].length;
    const most = words || Number(field.dataset.mostCharacters);
    const unit = words ? "words" : "characters";
    const left = most - used;
    return { text: left < 0 ? `${-left} ${unit} too many` : `${used} of ${most} ${unit}`, over: left < 0, near: left < most / 5 };
}

// Seen at every letter; heard on entering the field, and once the fingers rest when little room is left.
const REST_MS = 1000;

function addCounter(field) {
    const line = document.createElement("p");
    line.className = "counter";
    line.id = `${field.id}_counter`;
    const spoken = document.createElement("p");
    spoken.className = "hidden";
    spoken.setAttribute("role", "status");
    field.removeAttribute("maxlength"); // so that pasted text is not cut silently; the counter says how much is over
    field.setAttribute("aria-describedby", `${field.getAttribute("aria-describedby") ?? ""} ${line.id}`.trim());
    field.after(line, spoken);
    let resting;
    const show = () => {
        const { text, over } = count(field);
        line.textContent = text;
        line.classList.toggle("over", over);
    };
    field.addEventListener("input", () => {
        show();
        clearTimeout(resting);
        resting = setTimeout(() => {
            const { text, near } = count(field);
            spoken.textContent = near ? text : "";
        }, REST_MS);
    });
    show();
}

// --- People

function setUpPeople(section) {
    const add = section.querySelector("[data-add-person]");
    const people = () => [...section.querySelectorAll("[data-person]")];
    const isEmpty = (person) => [...person.querySelectorAll("input")].every((input) => !input.value);
    for (const person of people().slice(1)) if (isEmpty(person)) person.remove();

    add.hidden = false;
    add.addEventListener("click", () => {
        const number = people().length;
        const person = people()[0].cloneNode(true);
        person.classList.remove("wrong");
        person.querySelector(".problem")?.remove();
        person.querySelector("[data-number]").textContent = number + 1;
        for (const part of person.querySelectorAll("[name], [for], [id]")) {
            for (const name of ["name", "for", "id"]) {
                const value = part.getAttribute(name);
                if (value) part.setAttribute(name, value.replace(/people-\d+-/, `people-${number}-`));
            }
            part.removeAttribute("aria-describedby");
            if ("value" in part) part.value = "";
        }
        add.before(person);
        person.querySelector("input").focus();
        add.hidden = number + 1 >= Number(section.dataset.most);
    });

    const answers = form.querySelectorAll("input[name='people']");
    const show = () => {
        const chosen = form.querySelector("input[name='people']:checked")?.value;
        section.hidden = chosen !== "listed" && people().every(isEmpty);
    };
    for (const answer of answers) answer.addEventListener("change", show);
    show();
}

// --- Sending: pictures as soon as they are chosen, the words now and then

// A line that carries nothing for so long is broken, whatever the browser believes.
const PATIENCE_MS = 60_000;

function post(address, data, onProgress) {
    return new Promise((resolve, reject) => {
        const request = new XMLHttpRequest();
        let patience;
        const wait = () => {
            clearTimeout(patience);
            patience = setTimeout(() => request.abort(), PATIENCE_MS);
        };
        request.open("POST", address);
        request.responseType = "document";
        request.upload.addEventListener("progress", (event) => {
            wait();
            onProgress?.(event);
        });
        for (const name of ["error", "abort"]) request.addEventListener(name, reject);
        request.addEventListener("loadend", () => clearTimeout(patience));
        request.addEventListener("load", () => (request.status < 500 ? resolve(request) : reject(request)));
        wait();
        request.send(data);
    });
}

function wordsAlone() {
    const data = new FormData(form);
    data.delete("photo");
    data.set("action", "photo");
    return data;
}

async function sendForm(photo, onProgress) {
    const data = wordsAlone();
    if (photo) data.set("photo", photo);
    const address = form.getAttribute("action"); // form.action would be the buttons of that name
    const answer = await post(address, data, onProgress);
    const token = answer.response?.querySelector("[data-entry-form] input[name='csrfmiddlewaretoken']")?.value;
    if (answer.status !== 403 || !token) return answer;
    form.elements.csrfmiddlewaretoken.value = token; // signed in again in another tab
    data.set("csrfmiddlewaretoken", token);
    return post(address, data, onProgress);
}

// One of several: a draft of its own. The token stays with the picture, so trying again makes no second draft.
function sendAlone(job, onProgress) {
    const data = new FormData();
    data.set("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
    data.set("page", job.token);
    data.set("photo", job.file);
    data.set("action", "photo");
    return post(form.dataset.enter, data, onProgress);
}

function newToken() {
    return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

// The answer is the form's own page again: take its draft and its address, keep what was typed.
function adoptDraft(answer) {
    const fresh = answer.response?.querySelector("[data-entry-form]");
    const draft = fresh?.querySelector("input[name='entry']");
    if (draft && !form.elements.entry) {
        form.setAttribute("action", fresh.getAttribute("action"));
        form.dataset.places = fresh.dataset.places;
        form.prepend(document.adoptNode(draft));
        history.replaceState(null, "", fresh.getAttribute("action"));
        form.dispatchEvent(new Event("draft-made"));
    }
    return fresh;
}

// And its picture step.
function adopt(answer) {
    const fresh = adoptDraft(answer);
    if (!fresh) return false;
    const taken = form.elements.taken_on;
    if (!taken.value) taken.value = fresh.elements?.taken_on?.value ?? "";
    const [old, picture] = [form, fresh].map((page) => page.querySelector("[data-picture]"));
    const wasHere = old.contains(document.activeElement);
    old.replaceWith(picture);
    setUpPicture();
    picture.dispatchEvent(new Event("picture-arrived", { bubbles: true }));
    // Whoever writes further down goes on writing; whoever was here stays here.
    if (wasHere) picture.querySelector("input[type='file']").focus({ preventScroll: true });
    if (!picture.querySelector(".problem")) forgetMistake("photo");
    if (taken.value) forgetMistake("taken_on");
    return true;
}

// What has been put right since the page was loaded is no longer asked for.
function forgetMistake(name) {
    const field = form.elements[name];
    const box = field.closest(".wrong");
    field.removeAttribute("aria-invalid");
    box?.querySelector(".problem")?.remove();
    box?.classList.remove("wrong");
    const summary = document.getElementById("mistakes");
    summary?.querySelector(`a[href="#${field.id}"]`)?.closest("li").remove();
    const left = summary?.querySelectorAll(".mistakes li").length;
    if (left) summary.querySelector("h2").textContent = `${left} thing${left === 1 ? "" : "s"} to look at`;
    else if (left === 0) summary.remove();
}

function say(words) {
    form.querySelector("[data-progress-words]").textContent = words;
}

function list(name, words, address) {
    const line = document.createElement("li");
    line.append(`“${name}”${words}`);
    if (address) {
        const link = document.createElement("a");
        link.href = address;
        link.textContent = "go on with it";
        line.append(", ", link, ".");
    }
    form.querySelector("[data-sent]").append(line);
}

let sending = null; // whatever is on its way now, pictures or words; never rejected
const waiting = []; // pictures still to be sent
let sent = 0;
let troubled = false; // the line has broken since this page was opened

async function sendNext() {
    const job = waiting[0];
    const bar = form.querySelector("[data-progress] progress");
    const several = sent + waiting.length > 1;
    const which = several ? `picture ${sent + 1} of ${sent + waiting.length}` : "the picture";
    bar.value = 0;
    say(`Sending ${which}… You can go on writing.`);
    const onProgress = ({ loaded, total }) => {
        bar.value = (100 * loaded) / total;
        if (loaded === total) say("It is here. We are having a look at it…");
    };
    const answer = await (job.token ? sendAlone(job, onProgress) : sendForm(job.file, onProgress));
    waiting.shift();
    sent += 1;
    if (!job.token) {
        if (!adopt(answer)) list(job.file.name, " could not be kept. Please press “Save and finish later”.");
        return;
    }
    const page = answer.response;
    const problem = page?.getElementById("photo_error") ?? page?.querySelector("main .lead");
    if (answer.status === 200 && page?.querySelector("[data-entry-form]")) list(job.file.name, " is kept as a draft", answer.responseURL);
    else list(job.file.name, ` was not kept. ${problem?.textContent.trim() ?? "Please try it again later."}`);
}

async function sendPictures() {
    if (!waiting.length) return true;
    const again = form.querySelector("[data-try-again]");
    form.querySelector("[data-progress] progress").hidden = false;
    again.hidden = true;
    try {
        while (waiting.length) await sendNext();
        const problem = form.querySelector("[data-picture] .problem")?.textContent.trim();
        say(problem ?? (sent > 1 ? "All done." : "The picture is here."));
        form.querySelector("[data-progress] progress").hidden = true;
        return true;
    } catch (failed) {
        troubled = true;
        // An answer that says “busy” may be sent again as it is, as after a connection that broke.
        const busy = failed?.response?.getElementById?.("photo_error")?.textContent.trim();
        const broken = navigator.onLine
            ? "The connection broke. Nothing you wrote is lost."
            : "You are offline. Nothing you wrote is lost, and we go on by ourselves when you are back.";
        say(busy || broken);
        again.hidden = false;
        return false;
    }
}

// One thing at a time, in the order asked for.
function inTurn(work) {
    const turn = (sending ?? Promise.resolve()).then(work);
    const done = turn.catch(() => null);
    sending = done;
    done.then(() => {
        if (sending === done) sending = null;
    });
    return turn;
}

function choose(files) {
    if (!sending) {
        waiting.length = sent = 0; // what could not be sent is replaced; what is on its way is not
        form.querySelector("[data-sent]").replaceChildren();
    }
    const places = Math.max(1, Number(form.dataset.places) + (form.elements.entry ? 1 : 0)); // a draft has its own
    for (const [number, file] of files.entries()) {
        if (number >= places) list(file.name, " was not sent: all your places in this exhibition are used.");
        else waiting.push({ file, token: number ? newToken() : "" });
    }
    inTurn(sendPictures);
}

function setUpPicture() {
    const step = form.querySelector("[data-picture]");
    const [input, drop] = ["input[type='file']", "[data-drop]"].map((part) => step.querySelector(part));
    if (!input) return;
    step.querySelector("[data-photo-button]").hidden = true;
    step.querySelector("[data-drop-hint]").hidden = !matchMedia("(hover: hover)").matches;
    input.addEventListener("change", () => {
        if (input.files.length) choose([...input.files]);
    });
    for (const name of ["dragenter", "dragover"]) {
        drop.addEventListener(name, (event) => {
            event.preventDefault();
            drop.classList.add("over");
        });
    }
    for (const name of ["dragleave", "drop"]) drop.addEventListener(name, () => drop.classList.remove("over"));
    drop.addEventListener("drop", (event) => {
        event.preventDefault();
        const files = [...event.dataTransfer.files].slice(0, input.multiple ? undefined : 1);
        if (!files.length) return;
        const carried = new DataTransfer();
        for (const file of files) carried.items.add(file);
        input.files = carried.files;
        choose(files);
    });
}

const SAVE_MS = 5000; // meanwhile this device keeps them (`kept-words.js`)
const SIGNED_OUT = "Not saved: you were signed out. Sign in again in another tab; your words stay here.";

function setUpSaving() {
    const line = form.querySelector("[data-saved]");
    const again = form.querySelector("[data-send-again]");
    let changed = false;
    let leaving = false;
    let button = null; // pressed, and not yet answered
    form.addEventListener("input", () => (changed = true));

    const saveWords = async () => {
        changed = false;
        try {
            const answer = await sendForm();
            const time = new Date().toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });
            const isKept = adoptDraft(answer) && form.elements.entry;
            const isWhole = isKept && answer.status < 400;
            if (isKept) line.textContent = `Saved at ${time}${isWhole ? "" : ", but for what is not right yet"}.`;
            else if (answer.responseURL.includes("/accounts/")) line.textContent = SIGNED_OUT;
            if (isWhole && !changed) form.dispatchEvent(new Event("words-arrived"));
            return true;
        } catch {
            changed = troubled = true;
            return false;
        }
    };
    setInterval(() => {
        if (changed && !leaving && !sending) inTurn(saveWords);
    }, SAVE_MS);

    // A telephone may forget the page while its camera is open. This goes out even if the page is gone meanwhile.
    const saveAtOnce = () => {
        const words = { method: "POST", body: wordsAlone(), keepalive: true };
        if (changed && !leaving) fetch(form.getAttribute("action"), words).catch(() => null);
    };
    document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && saveAtOnce());
    addEventListener("pagehide", saveAtOnce);

    // On a doubtful line the page is left only after that line has carried the pictures and the words.
    const leave = async () => {
        again.hidden = true;
        line.textContent = `One moment${waiting.length ? ", the picture is still on its way" : ""}…`;
        const safe = await inTurn(async () => (await sendPictures()) && (await saveWords()));
        if (!safe) {
            leaving = false;
            line.textContent = "We cannot reach the exhibition just now. Your words are safe on this page: keep it open.";
            again.hidden = false;
            return;
        }
        HTMLFormElement.prototype.submit.call(asked(button));
    };
    const asked = ({ name, value }) => {
        const field = Object.assign(document.createElement("input"), { type: "hidden", name, value });
        field.dataset.asked = "";
        form.append(field);
        return form;
    };
    form.addEventListener("submit", (event) => {
        const second = leaving;
        leaving = true;
        if (!second && !sending && !waiting.length && !troubled && navigator.onLine) return;
        event.preventDefault();
        if (second) return; // a second tap
        const by = event.submitter;
        button = { name: "action", value: by?.name === "action" ? by.value : "submit" };
        leave();
    });
    const tryAgain = () => {
        if (leaving || !button) return;
        leaving = true;
        leave();
    };
    again.addEventListener("click", tryAgain);
    addEventListener("online", () => (button && !leaving ? tryAgain() : inTurn(sendPictures)));
    addEventListener("beforeunload", (event) => {
        if (waiting.length) event.preventDefault();
    });
    addEventListener("pageshow", () => {
        leaving = false;
        button = null;
        for (const field of form.querySelectorAll("[data-asked]")) field.remove();
    });
}

if (form) {
    for (const field of form.querySelectorAll("[data-most-words], [data-most-characters]")) addCounter(field);
    setUpPeople(form.querySelector("[data-people]"));
    setUpPicture();
    form.querySelector("[data-try-again]").addEventListener("click", () => inTurn(sendPictures));
    setUpSaving();
}
