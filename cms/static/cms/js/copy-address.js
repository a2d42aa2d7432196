// Puts a “Copy address” button beside each feed. Without scripts the addresses stand there as links.
const SAID_SECONDS = 2;

for (const feed of document.querySelectorAll(".feed")) {
  const link = feed.querySelector(".feed-first a");
  const button = document.createElement("button");
  button.type = "button";
  button.className = "button quiet";
  const words = document.createElement("span");
  words.setAttribute("aria-live", "polite");
  words.textContent = "Copy address";
  const of = document.createElement("span");
  of.className = "hidden";
  of.textContent = ` of ${feed.querySelector("h3").textContent}`;
  button.append(words, of);
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(link.href);
      words.textContent = "Copied";
    } catch {
      getSelection().selectAllChildren(link);
      words.textContent = "Selected: press Ctrl and C";
    }
    setTimeout(() => (words.textContent = "Copy address"), SAID_SECONDS * 1000);
  });
  feed.append(button);
}
