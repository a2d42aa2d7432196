// What the checks in everyone.py ask the page. One object; nothing of it is served.
({
    shown: (e) => e.checkVisibility({ opacityProperty: true, visibilityProperty: true })
        && e.getBoundingClientRect().width > 1 && getComputedStyle(e).clipPath === "none",

    words: (e) => (e.ariaLabel || e.textContent || e.name || e.tagName).trim().slice(0, 40),

    // WCAG 1.4.12. Style sheets made by script are allowed where inline styles are not.
    spaceOut() {
        const sheet = new CSSStyleSheet();
        sheet.replaceSync(`* { line-height: 1.5 !important; letter-spacing: .12em !important;
            word-spacing: .16em !important } p { margin-block-end: 2em !important }`);
        document.adoptedStyleSheets = [sheet];
    },

    cutOff() {
        return [...document.querySelectorAll("main *, header *, footer *")].filter((e) => {
            const style = getComputedStyle(e);
            const hides = style.overflowY !== "visible" && !/auto|scroll/.test(style.overflowY);
            if (!hides || !e.textContent.trim() || !this.shown(e)) return false;
            return e.clientHeight > 1 && e.scrollHeight > e.clientHeight + 2;
        }).map((e) => `${e.tagName.toLowerCase()}.${e.className}: ${this.words(e)}`);
    },

    // WCAG 2.5.8: 24 by 24 pixels; or so far apart that circles of 24 pixels meet no other target; or in a sentence.
    smallTargets() {
        const all = [...document.querySelectorAll("a[href], button, input:not([type=hidden]), select, textarea, summary")]
            .filter((e) => this.shown(e))
            .map((e) => ({ e, box: e.getBoundingClientRect() }));
        const inSentence = (e) => getComputedStyle(e).display === "inline"
            && e.parentElement.textContent.trim().length > e.textContent.trim().length;
        const meets = ({ e, box }) => all.some((other) => {
            if (other.e.contains(e) || e.contains(other.e)) return false;
            const x = (box.left + box.right) / 2, y = (box.top + box.bottom) / 2;
            const across = Math.max(other.box.left - x, 0, x - other.box.right);
            const down = Math.max(other.box.top - y, 0, y - other.box.bottom);
            return Math.hypot(across, down) < 12;
        });
        return all
            .filter((one) => Math.min(one.box.width, one.box.height) < 23.5 && !inSentence(one.e) && meets(one))
            .map(({ e, box }) => `${Math.round(box.width)}×${Math.round(box.height)} ${this.words(e)}`);
    },

    // Puts the word in place of each kind of text, one at a time: what makes the page scroll or leaves the screen.
    // Texts are of one kind if their elements have the same names three generations up.
    brokenBy(word) {
        const name = (e) => [e.localName, ...e.classList].join(".");
        const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
        const kinds = new Map();
        for (let text = texts.nextNode(); text; text = texts.nextNode()) {
            const e = text.parentElement;
            if (!text.data.trim() || e.closest("script, style, noscript, template, option, textarea, svg")) continue;
            if (!this.shown(e) || e.closest(".hidden")) continue;
            const kind = [e, e.parentElement, e.parentElement?.parentElement].filter(Boolean).map(name).reverse().join(" ");
            if (!kinds.has(kind)) kinds.set(kind, text);
        }
        const page = document.documentElement, range = document.createRange(), found = [];
        for (const [kind, text] of kinds) {
            const before = text.data;
            text.data = word;
            range.selectNodeContents(text);
            const over = Math.max(page.scrollWidth - page.clientWidth,
                ...[...range.getClientRects()].map((box) => Math.ceil(box.right - page.clientWidth)));
            if (over > 0) found.push(`${over} pixels: ${kind}`);
            text.data = before;
        }
        return found;
    },

    moving() {
        return document.getAnimations()
            .filter((a) => a.playState === "running" && a.effect.getComputedTiming().duration > 1)
            .map((a) => a.animationName || a.transitionProperty);
    },

    focused() {
        const e = document.activeElement;
        if (!e || e === document.body) return null;
        const outlined = (x, part) => {
            const style = getComputedStyle(x, part);
            return (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0) || style.boxShadow !== "none";
        };
        // A hidden radio button shows its focus on the label beside or around it, a card on the whole of it.
        const near = [e, e.nextElementSibling, e.closest("label"), e.parentElement].filter(Boolean);
        const box = e.getClientRects()[0] || e.getBoundingClientRect(); // the first line of a link that wraps
        const x = Math.min(Math.max(box.left + box.width / 2, 1), innerWidth - 1);
        const y = Math.min(Math.max(box.top + Math.min(box.height / 2, 12), 1), innerHeight - 1);
        const top = document.elementFromPoint(x, y);
        return {
            name: this.words(e),
            seen: near.some((one) => outlined(one) || outlined(one, "::after") || outlined(one, "::before")),
            clear: !top || e.contains(top) || top.contains(e),
            inView: box.bottom > 0 && box.top < innerHeight,
        };
    },

    withoutEdge() {
        return [...document.querySelectorAll(".button, button")]
            .filter((e) => this.shown(e) && getComputedStyle(e).borderStyle === "none" && !e.querySelector("svg"))
            .map((e) => this.words(e));
    },
})
