// Wagtail's text editor knows no tables and would put the cells of a pasted one side by side without so much as a
// space. Here each row becomes a paragraph, its cells told apart; scripts and styles do not become text.

const handed = new WeakSet();

function withoutTables(html) {
    const page = new DOMParser().parseFromString(html, "text/html");
    for (const part of page.querySelectorAll("script, style")) part.remove();
    for (const line of page.querySelectorAll("table :is(p, div, li, br, h1, h2, h3, h4, h5, h6)")) line.after(" ");
    for (const table of [...page.querySelectorAll("table")].reverse()) {
        const rows = [...table.querySelectorAll("caption, tr")].map((row) => {
            const cells = row.matches("tr") ? [...row.cells] : [row];
            const line = page.createElement("p");
            line.textContent = cells.map((cell) => cell.textContent.trim().replace(/\s+/g, " ")).filter(Boolean).join(" · ");
            return line;
        });
        table.replaceWith(...rows.filter((row) => row.textContent));
    }
    return page.documentElement.outerHTML;
}

document.addEventListener(
    "paste",
    (event) => {
        const html = event.clipboardData?.getData("text/html") ?? "";
        const isOurs = event.target.closest?.(".public-DraftEditor-content") && /<(table|script|style)\b/i.test(html);
        if (!isOurs || handed.has(event)) return;
        event.preventDefault();
        event.stopImmediatePropagation();
        const clipboardData = new DataTransfer();
        clipboardData.setData("text/html", withoutTables(html));
        clipboardData.setData("text/plain", event.clipboardData.getData("text/plain"));
        const again = new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true });
        handed.add(again);
        event.target.dispatchEvent(again);
    },
    true,
);
