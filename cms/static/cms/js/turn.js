// Left and right arrow keys turn to the previous and next photograph, unless the reader is scrolling sideways
// or typing. The links do the same without this.
document.addEventListener("keydown", (event) => {
    const side = { ArrowLeft: "prev", ArrowRight: "next" }[event.key];
    const busy = event.defaultPrevented || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey;
    const scrolls = document.documentElement.scrollWidth > document.documentElement.clientWidth;
    if (!side || busy || scrolls || event.target.closest("input, select, textarea, [contenteditable]")) return;
    document.querySelector(`a[rel="${side}"]`)?.click();
});
