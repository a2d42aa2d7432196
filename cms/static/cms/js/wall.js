// “More photographs” hangs the next page of the wall below this one. The address then follows the picture being
// looked at, so that Back, reload and a copied address come to it again. Without this the link opens the next page.
const wall = document.querySelector("[data-wall]");
const pageOf = new WeakMap();
let pages = 1;

const cardsIn = (element) => [...element.querySelectorAll(".card[id]")];
const noted = (cards, search) => cards.forEach((card) => pageOf.set(card, search));
noted(cardsIn(wall), location.search);

// Come back to by Back or reload, the page is not as long as when it was left: the picture is, not the place.
if (history.scrollRestoration === "manual" && location.hash) {
    document.getElementById(location.hash.slice(1))?.scrollIntoView({ block: "center" });
}

function stay(card) {
    if (card) history.replaceState(history.state, "", `${pageOf.get(card) || location.pathname}#${card.id}`);
}

// Pictures of a room that goes on are hung into it; a new room comes with its words.
function hang(parts) {
    const last = [...wall.querySelectorAll(".part")].at(-1);
    for (const [place, part] of parts.entries()) {
        if (place === 0 && (part.dataset.room ?? "") === (last.dataset.room ?? "")) {
            const into = [...last.querySelectorAll(".wall")].at(-1);
            if (into.matches(".lead-row")) last.append(...part.querySelectorAll(".wall"));
            else into.append(...part.querySelectorAll(".card"));
        } else {
            wall.insertBefore(part, wall.querySelector(".pager"));
        }
    }
}

async function more(link) {
    link.setAttribute("aria-busy", "true");
    const answer = await fetch(link.href);
    if (!answer.ok) throw new Error(answer.status);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const parts = [...page.querySelectorAll("[data-wall] .part")];
    const cards = parts.flatMap(cardsIn);
    const pager = page.querySelector("[data-wall] .pager");
    if (!cards.length || !pager) throw new Error("no cards");
    noted(cards, new URL(link.href).search);
    hang(parts);
    const old = wall.querySelector(".pager");
    const { last, total } = pager.dataset;
    old.querySelector(".pager-where").textContent = `${old.dataset.first} to ${last} of ${total}`;
    const next = pager.querySelector("[data-more]");
    if (next) link.replaceWith(next);
    else link.remove();
    pages += 1;
    history.scrollRestoration = "manual";
    wall.querySelector("[role=status]").textContent =
        `${cards.length} more photograph${cards.length === 1 ? "" : "s"}, ${last} of ${total}`;
    cards[0].querySelector("a").focus({ preventScroll: true });
    stay(cards[0]);
}

wall.addEventListener("click", (event) => {
    if (event.defaultPrevented || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    const link = event.target.closest("a");
    if (link?.matches("[data-more]")) {
        event.preventDefault();
        if (!link.hasAttribute("aria-busy")) more(link).catch(() => location.assign(link.href));
    } else if (pages > 1) {
        stay(link?.closest(".card"));
    }
});

addEventListener("scrollend", () => {
    if (pages > 1) stay(cardsIn(wall).find((card) => card.getBoundingClientRect().bottom > innerHeight / 3));
});
