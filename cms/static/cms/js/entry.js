// Comfort for the entry form and the desk. Everything works without this file.

const form = document.querySelector("[data-entry-form]");

// --- Counters, beside every field that has a most

function count(field) {
    const words = Number(field.dataset.mostWords);
    const used = words ? field.value.split(/\s+/).filter(Boolean).length : [...field.value].length;
    const most = words || Number(field.dataset.mostCharacters);
    const unit = words ? "words" : "characters";
    const left = most - used;
    return { text: left < 0 ? `${-left} ${unit} too many` : `${used} of ${most} ${unit}`, over: left < 0 };
}

function addCounter(field) {
    const line = document.createElement("p");
    line.className = "counter";
    field.removeAttribute("maxlength"); // so that pasted text is not cut silently; the counter says how much is over
    field.after(line);
    const show = () => {
        const { text, over } = count(field);
        line.textContent = text;
        line.classList.toggle("over", over);
    };
    const speak = () => line.setAttribute("role", "status");
    field.addEventListener("input", show);
    field.addEventListener("focus", speak, { once: true });
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
        add.hidden = number + 1 >= 20;
    });

    const answers = form.querySelectorAll("input[name='people']");
    const show = () => {
        const chosen = form.querySelector("input[name='people']:checked")?.value;
        section.hidden = chosen !== "listed" && people().every(isEmpty);
    };
    for (const answer of answers) answer.addEventListener("change", show);
    show();
}

// --- The preview arrives when the worker has made it

function awaitPreview(box, tries = 40) {
    const look = async () => {
        if (!box.isConnected || tries-- === 0) return;
        const answer = await fetch(box.dataset.preview, { method: "HEAD" }).catch(() => null);
        if (answer?.status !== 200) {
            setTimeout(look, 3000);
            return;
        }
        const picture = new Image();
        picture.alt = "Your photograph";
        picture.src = box.dataset.preview;
        box.replaceChildren(picture);
    };
    setTimeout(look, 1500);
}

function findPreviews(within) {
    for (const box of within.querySelectorAll("[data-preview]")) awaitPreview(box);
}

// --- Sending: the picture as soon as it is chosen, the words now and then

function send(action, { withPhoto, onProgress } = {}) {
    const data = new FormData(form);
    if (!withPhoto) data.delete("photo");
    data.set("action", action);
    return new Promise((resolve, reject) => {
        const request = new XMLHttpRequest();
        request.open("POST", form.getAttribute("action")); // form.action would be the buttons of that name
        request.responseType = "document";
        if (onProgress) request.upload.addEventListener("progress", onProgress);
        request.addEventListener("load", () => resolve(request));
        request.addEventListener("error", reject);
        request.send(data);
    });
}

function adopt(answer) {
    // The answer is the form's own page again: take its picture step, its draft and its address, keep what was typed.
    const page = answer.response;
    const fresh = page?.querySelector("[data-entry-form]");
    if (!fresh) return false;
    form.setAttribute("action", fresh.getAttribute("action"));
    const draft = fresh.querySelector("input[name='entry']");
    if (draft && !form.elements.entry) form.prepend(document.adoptNode(draft));
    if (answer.status === 200) history.replaceState(null, "", answer.responseURL);
    const taken = form.elements.taken_on;
    if (!taken.value) taken.value = fresh.elements?.taken_on?.value ?? "";
    const step = document.adoptNode(fresh.querySelector("[data-step-picture]"));
    form.querySelector("[data-step-picture]").replaceWith(step);
    setUpPicture();
    findPreviews(step);
    if (step.querySelector(".problem")) step.querySelector("input[type='file']").focus();
    else form.querySelector("[data-saved]").textContent = "The picture is here.";
    return true;
}

let sending = null;

function setUpPicture() {
    const step = form.querySelector("[data-step-picture]");
    const input = step.querySelector("input[type='file']");
    if (!input) return;
    const box = step.querySelector("[data-progress]");
    const bar = box.querySelector("progress");
    const words = box.querySelector("[data-progress-words]");
    const drop = step.querySelector("[data-drop]");
    step.querySelector("[data-photo-button]").hidden = true;
    step.querySelector("[data-drop-hint]").hidden = !matchMedia("(hover: hover)").matches;

    const begin = async () => {
        if (!input.files.length || sending) return;
        box.hidden = false;
        bar.value = 0;
        words.textContent = "Sending the picture… You can go on writing.";
        const onProgress = ({ loaded, total }) => {
            bar.value = (100 * loaded) / total;
            if (loaded === total) words.textContent = "It is here. We are having a look at it…";
        };
        sending = send("photo", { withPhoto: true, onProgress });
        try {
            const answer = await sending;
            if (!adopt(answer)) words.textContent = "Something went wrong. Please press “Save and finish later”.";
        } catch {
            words.textContent = "The connection broke. Your picture is still chosen: it goes along when you save or send.";
        } finally {
            sending = null;
        }
    };
    input.addEventListener("change", begin);
    for (const name of ["dragenter", "dragover"]) {
        drop.addEventListener(name, (event) => {
            event.preventDefault();
            drop.classList.add("over");
        });
    }
    for (const name of ["dragleave", "drop"]) drop.addEventListener(name, () => drop.classList.remove("over"));
    drop.addEventListener("drop", (event) => {
        event.preventDefault();
        input.files = event.dataTransfer.files;
        begin();
    });
}

function setUpSaving() {
    const line = form.querySelector("[data-saved]");
    let changed = false;
    let leaving = false;
    form.addEventListener("input", () => (changed = true));
    setInterval(async () => {
        if (!changed || leaving || sending || !form.elements.entry) return;
        changed = false;
        sending = send("photo");
        try {
            const answer = await sending;
            const time = new Date().toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });
            if (answer.status < 400) line.textContent = `Saved at ${time}.`;
        } catch {
            changed = true;
        } finally {
            sending = null;
        }
    }, 15000);

    form.addEventListener("submit", async (event) => {
        if (leaving) {
            event.preventDefault(); // a second tap
            return;
        }
        leaving = true;
        if (!sending) return;
        event.preventDefault();
        line.textContent = "One moment, the picture is still on its way…";
        await sending.catch(() => null);
        setTimeout(() => {
            leaving = false;
            form.requestSubmit(event.submitter?.isConnected ? event.submitter : undefined);
        });
    });
    addEventListener("pageshow", () => (leaving = false));
}

if (form) {
    for (const field of form.querySelectorAll("[data-most-words], [data-most-characters]")) addCounter(field);
    setUpPeople(form.querySelector("[data-people]"));
    setUpPicture();
    setUpSaving();
    document.getElementById("mistakes")?.focus();
}
findPreviews(document);
