// Leaving fast: the button, or Shift three times. The screen is blank at once; the page leaves no way back to it.
(function () {
var d = document, n = 0, t;
function leave(e) {
if (e) e.preventDefault();
d.title = "";
d.documentElement.innerHTML = "<body></body>";
location.replace("/leave");
}
function count(shown) { d.getElementById("s").textContent = shown }
d.addEventListener("click", function (e) { if (e.target.id === "x") leave(e) });
d.addEventListener("keyup", function (e) {
if (e.key !== "Shift") { n = 0; count(""); return }
n++;
clearTimeout(t);
t = setTimeout(function () { n = 0; count("") }, 5000);
count("⇧ " + n + "/3");
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
