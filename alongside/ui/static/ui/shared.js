// A device that is handed around: one person leaves nothing for the next. Pages take each other's place, so that Back
// leads to nobody's answers; a page that nobody touches starts again.
(function () {
var d = document, own = d.getElementById("own").dataset, quiet, last;
function again() { location.replace(own.start) }
function ask(shown) { var z = d.getElementById("z"); if (z) { z.hidden = !shown; if (shown) z.querySelector("button").focus() } }
function wait() {
clearTimeout(quiet);
clearTimeout(last);
ask(false);
if (!d.querySelector("form")) { last = setTimeout(again, own.over * 1000); return }
quiet = setTimeout(function () { ask(true); last = setTimeout(again, own.ask * 1000) }, own.quiet * 1000);
}
function show(text) {
var next = new DOMParser().parseFromString(text, "text/html"), h;
d.documentElement.lang = next.documentElement.lang;
d.title = next.title;
d.body.replaceWith(next.body);
scrollTo(0, 0);
h = d.querySelector("h1");
if (h) { h.tabIndex = -1; h.focus() }
wait();
}
d.addEventListener("submit", function (e) {
var form = e.target, sent;
if (e.defaultPrevented || form.method !== "post") return;
e.preventDefault();
sent = new URLSearchParams(new FormData(form));
if (e.submitter && e.submitter.name) sent.append(e.submitter.name, e.submitter.value);
fetch(form.action, { method: "POST", body: sent }).then(function (r) { return r.text() }).then(show, function () {
form.sent = 0;
d.getElementById("s").textContent = own.lost;
});
});
["pointerdown", "keydown", "input", "scroll"].forEach(function (act) { d.addEventListener(act, wait, true) });
wait();
})();
