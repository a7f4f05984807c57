// Adds, moves and removes rows of columns without asking the server; without it buttons and spare rows do the same.
(function () {
  "use strict";
  var form = document.getElementById("columns-form");
  if (!form || !form.querySelector) { return; }

  function each(list, deed) { Array.prototype.forEach.call(list, deed); }

  function rows(part) { return part.querySelectorAll("[data-row]"); }

  // A row is named anew wherever its name stands: in fields, labels and buttons.
  function rename(row, name) {
    var former = row.getAttribute("data-row");
    row.setAttribute("data-row", name);
    each(row.querySelectorAll("[name],[for],[id],[value]"), function (one) {
      ["name", "for", "id"].forEach(function (about) {
        var text = one.getAttribute(about);
        if (text && text.indexOf(former + "-") === 0) { one.setAttribute(about, name + text.slice(former.length)); }
      });
      if (one.name === "row") { one.value = name; }
      if (one.name === "do") { one.value = one.value.split(":")[0] + ":" + name; }
    });
  }

  function empty(row) {
    each(row.querySelectorAll("input,textarea"), function (one) {
      if (one.type === "checkbox") { one.checked = false; } else if (one.name !== "row") { one.value = ""; }
    });
    each(row.querySelectorAll("select"), function (one) { one.selectedIndex = 0; });
  }

  function add(part) {
    var all = rows(part), last = all[all.length - 1], largest = 0;
    each(all, function (one) { largest = Math.max(largest, Number(one.getAttribute("data-row").split("-")[1])); });
    var fresh = last.cloneNode(true);
    rename(fresh, part.getAttribute("data-part") + "-" + (largest + 1));
    empty(fresh);
    last.parentNode.insertBefore(fresh, last.nextSibling);
    fresh.querySelector("input:not([type=hidden])").focus();
  }

  function press(button) {
    var row = button.parentNode;
    while (row && !(row.hasAttribute && row.hasAttribute("data-row"))) { row = row.parentNode; }
    if (!row) { return false; }
    var deed = button.value.split(":")[0], list = row.parentNode;
    if (deed === "up" && row.previousElementSibling) {
      list.insertBefore(row, row.previousElementSibling);
    } else if (deed === "down" && row.nextElementSibling) {
      list.insertBefore(row.nextElementSibling, row);
    } else if (deed === "remove") {
      list.removeChild(row);
      return true;
    }
    button.focus();
    return true;
  }

  // Numbers that are never shown leave no choice of who reads them.
  function settle(row) {
    var kind = row.querySelector("select[name$='-kind']"), who = row.querySelector("select[name$='-audience']");
    if (kind && who && (kind.value === "identity" || kind.value === "card")) { who.value = "never"; }
  }

  each(form.querySelectorAll("[data-add]"), function (button) { button.hidden = false; });
  form.addEventListener("click", function (event) {
    var button = event.target;
    if (button.hasAttribute && button.hasAttribute("data-add")) {
      var part = button.parentNode;
      while (!part.hasAttribute("data-part")) { part = part.parentNode; }
      add(part);
    } else if (button.name === "do" && button.value.indexOf(":") > 0 && press(button)) {
      event.preventDefault();
    }
  });
  form.addEventListener("change", function (event) {
    if (!event.target.name || event.target.name.slice(-5) !== "-kind") { return; }
    var row = event.target.parentNode;
    while (!row.hasAttribute("data-row")) { row = row.parentNode; }
    settle(row);
  });
}());
