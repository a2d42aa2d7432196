// Lets a foyer screen go on when the network does not. Its scope is one edition's slideshow: it sees that page,
// and what that page asks for. What is kept, and for how long, the page decides (slideshow.js); here it is only found.
const FOLDER = new URL(self.registration.scope).pathname;
const KEPT = `slideshow ${FOLDER}`;
const PATIENCE = 8000; // a line that is up and leads nowhere

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

self.addEventListener("fetch", (event) => {
    const { request } = event;
    if (request.method !== "GET") return;
    if (request.mode === "navigate") event.respondWith(fresh(request, `${FOLDER}offline/`));
    else if (request.destination === "image") event.respondWith(kept(request).then((copy) => copy || fetch(request)));
    else if (request.destination === "style" || request.destination === "script") event.respondWith(fresh(request, request));
});

async function kept(wanted) {
    try {
        return await (await caches.open(KEPT)).match(wanted, { ignoreVary: true });
    } catch {
        return undefined; // a disk that refuses has kept nothing
    }
}

// From the site; when it does not answer, or answers that it cannot, the copy.
async function fresh(request, otherwise) {
    let answer;
    try {
        answer = await Promise.race([fetch(request), late()]);
        if (answer.status < 500) return answer;
    } catch {
        // the copy will do
    }
    return (await kept(otherwise)) || answer || fetch(request);
}

function late() {
    return new Promise((_, reject) => setTimeout(reject, PATIENCE));
}
