// Adds rows without asking the server, and spreads cells pasted from a spreadsheet over the fields.
(function () {
  "use strict";
  var form = document.getElementById("posting"), rows = document.getElementById("rows"), more = document.getElementById("more");
  if (!form || !rows || !more) { return; }
  var MOST = 100;

  function each(list, deed) { Array.prototype.forEach.call(list, deed); }
  function cards() { return rows.querySelectorAll("[data-row]"); }
  function fields(card) { return card.querySelectorAll("[data-key]"); }

  function add() {
    var all = cards(), last = all[all.length - 1], line = all.length + 1;
    var fresh = last.cloneNode(true), number = Number(more.getAttribute("data-first")) - 1 + line;
    fresh.setAttribute("data-row", String(line));
    fresh.id = "line-" + number;
    fresh.className = "row-card";
    fresh.querySelector("legend").textContent = more.getAttribute("data-words").replace("#", String(number));
    each(fresh.querySelectorAll(".mistake"), function (one) { one.parentNode.removeChild(one); });
    each(fresh.querySelectorAll(".wrong"), function (one) { one.classList.remove("wrong"); });
    each(fields(fresh), function (one) {
      var name = "row-" + line + "-" + one.getAttribute("data-key");
      var label = fresh.querySelector('label[for="' + one.id + '"]');
      if (label) { label.setAttribute("for", name); }
      one.name = name;
      one.id = name;
      one.removeAttribute("aria-invalid");
      one.removeAttribute("aria-describedby");
      if (one.tagName === "SELECT") { one.selectedIndex = 0; } else { one.value = ""; }
    });
    rows.appendChild(fresh);
    return fresh;
  }

  more.addEventListener("click", function (event) {
    event.preventDefault();
    var fresh = add();
    add();
    add();
    fields(fresh)[0].focus();
  });

  function put(field, text) {
    if (field.tagName !== "SELECT") { field.value = text; return; }
    each(field.options, function (option, place) { if (option.text === text) { field.selectedIndex = place; } });
    if (field.value !== text && text) { field.add(new Option(text, text, true, true)); }
  }

  rows.addEventListener("paste", function (event) {
    var field = event.target, data = event.clipboardData;
    if (!data || !field.getAttribute || !field.getAttribute("data-key")) { return; }
    var text = data.getData("text/plain").replace(/\r\n?/g, "\n").replace(/\n+$/, "");
    var isTable = text.indexOf("\t") >= 0 || (field.tagName !== "TEXTAREA" && text.indexOf("\n") >= 0);
    if (!isTable || text.indexOf('"') >= 0) { return; }
    var lines = text.split("\n");
    event.preventDefault();
    if (lines.length > MOST) { window.alert(more.getAttribute("data-many")); return; }
    var card = field;
    while (!card.getAttribute("data-row")) { card = card.parentNode; }
    var from = Number(card.getAttribute("data-row")) - 1;
    var start = Array.prototype.indexOf.call(fields(card), field);
    lines.forEach(function (line, down) {
      while (cards().length <= from + down) { add(); }
      var those = fields(cards()[from + down]);
      line.split("\t").forEach(function (cell, right) {
        if (those[start + right]) { put(those[start + right], cell.trim()); }
      });
    });
    form.dispatchEvent(new Event("input", { bubbles: true }));
  });
}());
