// Redraws the chart beside the form while somebody types; without it every button redraws.
(function () {
  "use strict";
  var form = document.getElementById("procedure-form");
  var chart = document.getElementById("chart");
  if (!form || !chart || !window.fetch || !window.FormData || !window.URLSearchParams || !window.DOMParser) { return; }
  var timer = 0, asked = 0;

  // The parser runs no script that the text might hold.
  function show(text) {
    var parts = new DOMParser().parseFromString(text, "text/html").body;
    while (chart.firstChild) { chart.removeChild(chart.firstChild); }
    while (parts.firstChild) { chart.appendChild(document.adoptNode(parts.firstChild)); }
  }

  function redraw() {
    var number = asked += 1;
    var body = new URLSearchParams();
    new FormData(form).forEach(function (value, name) { body.append(name, value); });
    fetch(form.getAttribute("data-preview"), {
      method: "POST",
      body: body,
      credentials: "same-origin",
      headers: { "X-Requested-With": "fetch" }
    }).then(function (answer) {
      return answer.ok && !answer.redirected ? answer.text() : null;
    }).then(function (text) {
      // An answer to an older question is thrown away.
      if (text !== null && number === asked) { show(text); }
    }).catch(function () {});
  }

  function later() {
    window.clearTimeout(timer);
    timer = window.setTimeout(redraw, 400);
  }

  form.addEventListener("input", later);
  form.addEventListener("change", later);
}());
