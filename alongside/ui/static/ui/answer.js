// Leaving fast: the button, or Shift three times. The screen is blank at once; the page leaves no way back to it.
(function () {
var d = document, x = d.getElementById("x"), s = d.getElementById("s"), n = 0, t;
function leave(e) {
if (e) e.preventDefault();
d.title = "";
d.documentElement.innerHTML = "<body></body>";
location.replace(x.href);
}
x.onclick = leave;
d.addEventListener("keyup", function (e) {
if (e.key !== "Shift") { n = 0; s.textContent = ""; return }
n++;
clearTimeout(t);
t = setTimeout(function () { n = 0; s.textContent = "" }, 5000);
s.textContent = "⇧ " + n + "/3";
if (n > 2) leave();
});
// Coming back by the Back button shows nothing that was here before.
addEventListener("pageshow", function (e) { if (e.persisted) location.reload() });
// A code scanned from a slip stands behind the # and so never reaches any server's log.
var c = d.getElementById("c");
if (c && location.hash.length > 1) {
c.value = c.value || decodeURIComponent(location.hash.slice(1));
history.replaceState(null, "", location.pathname + location.search);
}
// Pressing a button twice sends once.
d.addEventListener("submit", function (e) {
if (e.target.sent) e.preventDefault();
e.target.sent = 1;
});
})();
