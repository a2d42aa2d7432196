// Turns a plain list of evidence into one to tick. Ticks are kept in this browser only, by their words, so that a
// changed list keeps what is still on it. Without storage (a private window, say) they last as long as the page.
const kept = (key) => {
    try {
        return new Set(JSON.parse(localStorage.getItem(key) ?? "[]"));
    } catch {
        return new Set();
    }
};

for (const list of document.querySelectorAll("[data-checklist]")) {
    const key = `checklist:${list.dataset.checklist}`;
    const ticked = kept(key);
    const boxes = [];

    const count = document.createElement("p");
    count.className = "small soft checklist-count";
    count.setAttribute("role", "status");
    const say = () => {
        const done = boxes.filter((box) => box.checked).length;
        count.textContent = done === boxes.length && done
            ? `All ${done} collected. You are ready to write.`
            : `${done} of ${boxes.length} collected. Kept in this browser only.`;
    };

    for (const item of list.children) {
        const words = item.textContent.trim();
        const label = document.createElement("label");
        const box = document.createElement("input");
        const text = document.createElement("span");
        box.type = "checkbox";
        box.checked = ticked.has(words);
        text.textContent = words;
        label.append(box, text);
        item.replaceChildren(label);
        boxes.push(box);
        box.addEventListener("change", () => {
            if (box.checked) ticked.add(words);
            else ticked.delete(words);
            try {
                localStorage.setItem(key, JSON.stringify([...ticked]));
            } catch {
                // Nothing to keep it in.
            }
            say();
        });
    }
    list.classList.add("ticking");

    const print = document.createElement("button");
    print.type = "button";
    print.className = "button quiet";
    print.textContent = "Print this list";
    print.addEventListener("click", () => {
        document.body.classList.add("only-list");
        window.print();
        document.body.classList.remove("only-list");
    });

    const foot = document.createElement("div");
    foot.className = "row checklist-foot";
    foot.append(count, print);
    list.after(foot);
    say();
}
