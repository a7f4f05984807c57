// Keeps what is typed into a draft in this browser until it is saved, offers it again, and forgets it on signing out.
(function () {
  "use strict";
  var PREFIX = "mingbai-kept-", store;
  try { store = window.localStorage; store.getItem(PREFIX); } catch (error) { return; }

  function all() {
    var found = [];
    for (var place = 0; place < store.length; place += 1) {
      if (store.key(place).indexOf(PREFIX) === 0) { found.push(store.key(place)); }
    }
    return found;
  }

  var leave = document.querySelector("form.sign-out");
  var hasLeft = false;
  if (leave) {
    leave.addEventListener("submit", function () {
      hasLeft = true;
      all().forEach(function (key) { store.removeItem(key); });
    });
  }

  function read(key) { try { return JSON.parse(store.getItem(key) || "null"); } catch (error) { return null; } }

  // A page that shows the draft as it is kept: what was sent from here before has arrived.
  function settle(begin, revision) {
    all().forEach(function (key) {
      var kept = read(key);
      if (key.indexOf(PREFIX + begin) === 0 && (!kept || (kept.sent && kept.revision < revision))) { store.removeItem(key); }
    });
  }
  var saved = document.querySelector("[data-saved]");
  if (saved) { settle(saved.getAttribute("data-saved") + "-", Number(saved.getAttribute("data-revision"))); }

  var form = document.getElementById("posting");
  if (!form || !form.getAttribute("data-keep")) { return; }
  var key = PREFIX + form.getAttribute("data-keep"), revision = Number(form.getAttribute("data-revision"));
  var isUnsaved = form.getAttribute("data-unsaved") === "yes", APART = ["csrf_token", "op", "revision", "first", "shown", "do"];

  function texts() {
    var found = {};
    Array.prototype.forEach.call(form.elements, function (one) {
      if (!one.name || APART.indexOf(one.name) >= 0) { return; }
      if (one.type === "checkbox") { if (one.checked) { found[one.name] = one.value; } return; }
      if (one.value) { found[one.name] = one.value; }
    });
    return found;
  }

  function note(words, buttons) {
    var box = document.createElement("div"), line = document.createElement("p");
    box.className = "message kept-note";
    box.setAttribute("role", "status");
    line.textContent = words;
    box.appendChild(line);
    (buttons || []).forEach(function (pair) {
      var button = document.createElement("button");
      button.type = "button";
      button.textContent = pair[0];
      button.addEventListener("click", function () { box.parentNode.removeChild(box); pair[1](); });
      box.appendChild(button);
    });
    form.parentNode.insertBefore(box, form);
    return box;
  }

  function put(kept) {
    var more = document.getElementById("more"), names = Object.keys(kept.texts);
    names.forEach(function (name) {
      // Rows that were added by hand are added again.
      for (var turn = 0; !form.elements[name] && more && turn < 40; turn += 1) { more.click(); }
    });
    Array.prototype.forEach.call(form.elements, function (one) {
      if (!one.name || APART.indexOf(one.name) >= 0) { return; }
      if (one.type === "checkbox") { one.checked = Boolean(kept.texts[one.name]); return; }
      if (one.tagName !== "BUTTON") { one.value = kept.texts[one.name] || ""; }
    });
    if (kept.op && kept.revision === revision) { form.elements.op.value = kept.op; }
  }

  settle(form.getAttribute("data-keep"), revision);
  var begun = JSON.stringify(texts()), former = read(key), timer = 0;
  function keep(sent) {
    if (hasLeft) { return; }
    var now = texts();
    if (!sent && !isUnsaved && JSON.stringify(now) === begun) { store.removeItem(key); return; }
    try {
      store.setItem(key, JSON.stringify({ texts: now, revision: revision, op: sent ? form.elements.op.value : "", sent: sent }));
    } catch (error) { return; }
  }

  if (former && !isUnsaved && JSON.stringify(former.texts) !== begun) {
    note(form.getAttribute("data-offer"), [
      [form.getAttribute("data-yes"), function () { put(former); keep(false); }],
      [form.getAttribute("data-no"), function () { store.removeItem(key); }],
    ]);
  }
  if (isUnsaved) { keep(false); }

  form.addEventListener("input", function () {
    window.clearTimeout(timer);
    timer = window.setTimeout(function () { keep(false); }, 400);
  });
  window.addEventListener("pagehide", function () { if (!isSent) { keep(false); } });
  var offline = null, isSent = false;
  function without() {
    keep(false);
    if (!offline) { offline = note(form.getAttribute("data-offline")); }
    offline.querySelector("p").textContent = form.getAttribute("data-offline");
  }
  form.addEventListener("submit", function (event) {
    if (navigator.onLine === false) { event.preventDefault(); without(); offline.scrollIntoView(); return; }
    window.clearTimeout(timer);
    isSent = true;
    keep(true);
  });
  window.addEventListener("pageshow", function () { isSent = false; });
  window.addEventListener("offline", without);
  window.addEventListener("online", function () {
    if (offline) { offline.querySelector("p").textContent = form.getAttribute("data-online"); }
  });
}());
