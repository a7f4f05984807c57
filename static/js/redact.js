// Boxes drawn over a photo by finger, mouse or keys; without this script the fields of a grid are chosen instead.
(function () {
  "use strict";
  var form = document.getElementById("redact-form");
  var picture = document.getElementById("picture");
  var cells = document.getElementById("cells");
  if (!form || !picture || !cells || !window.PointerEvent) { return; }

  var WHOLE = 1000, SMALLEST = 8, STEP = 5, KEPT = 50;
  var boxes = read(form.getAttribute("data-boxes"));
  var former = [];
  var chosen = -1;
  var hand = null;

  cells.disabled = true;
  cells.hidden = true;
  picture.classList.add("by-hand");
  each(form.querySelectorAll(".for-boxes"), function (one) { one.hidden = false; });
  each(form.querySelectorAll(".for-grid"), function (one) { one.hidden = true; });

  function each(list, deed) { Array.prototype.forEach.call(list, deed); }

  function read(text) {
    return (text || "").split(" ").filter(Boolean).map(function (part) {
      var four = part.split(",").map(Number);
      return { x: four[0], y: four[1], width: four[2], height: four[3] };
    });
  }

  function copy() { return boxes.map(function (box) { return Object.assign({}, box); }); }

  function remember() {
    former.push(copy());
    if (former.length > KEPT) { former.shift(); }
  }

  function within(low, value, high) { return Math.min(Math.max(low, value), high); }

  function settle(box) {
    box.width = within(SMALLEST, Math.round(box.width), WHOLE);
    box.height = within(SMALLEST, Math.round(box.height), WHOLE);
    box.x = within(0, Math.round(box.x), WHOLE - box.width);
    box.y = within(0, Math.round(box.y), WHOLE - box.height);
  }

  function say(name, gap, value) { return (form.getAttribute(name) || "").replace("%(" + gap + ")s", value); }

  function show() {
    var focused = document.activeElement && document.activeElement.classList.contains("over");
    each(form.querySelectorAll(".over, input[name=box]"), function (one) { one.parentNode.removeChild(one); });
    boxes.forEach(function (box, number) {
      var over = document.createElement("div");
      over.className = number === chosen ? "over chosen" : "over";
      over.tabIndex = 0;
      over.setAttribute("role", "button");
      over.setAttribute("aria-label", say("data-box", "number", number + 1));
      over.dataset.number = number;
      over.style.left = box.x / 10 + "%";
      over.style.top = box.y / 10 + "%";
      over.style.width = box.width / 10 + "%";
      over.style.height = box.height / 10 + "%";
      var corner = document.createElement("span");
      corner.className = "corner";
      over.appendChild(corner);
      picture.appendChild(over);
      if (focused && number === chosen) { over.focus({ preventScroll: true }); }
      var field = document.createElement("input");
      field.type = "hidden";
      field.name = "box";
      field.value = [box.x, box.y, box.width, box.height].map(Math.round).join(",");
      form.appendChild(field);
    });
    document.getElementById("box-count").textContent = say("data-count", "count", boxes.length);
  }

  function place(event) {
    var frame = picture.getBoundingClientRect();
    return {
      x: within(0, (event.clientX - frame.left) / frame.width * WHOLE, WHOLE),
      y: within(0, (event.clientY - frame.top) / frame.height * WHOLE, WHOLE)
    };
  }

  function start(event) {
    // The second finger enlarges the picture: what the first one began is no box.
    if (!event.isPrimary) { cancel(); return; }
    if (event.button) { return; }
    var at = place(event);
    var over = event.target.closest(".over");
    remember();
    if (!over) {
      boxes.push({ x: at.x, y: at.y, width: 0, height: 0 });
      chosen = boxes.length - 1;
      hand = { deed: "draw", at: at };
    } else {
      chosen = Number(over.dataset.number);
      hand = { deed: event.target.className === "corner" ? "size" : "move", at: at };
    }
    hand.box = Object.assign({}, boxes[chosen]);
    hand.id = event.pointerId;
    try { picture.setPointerCapture(event.pointerId); } catch (gone) { /* the finger is up already */ }
    if (event.pointerType === "mouse") { event.preventDefault(); }
    show();
  }

  function drag(event) {
    if (!hand || event.pointerId !== hand.id) { return; }
    var at = place(event), box = boxes[chosen], from = hand.box;
    var right = at.x - hand.at.x, down = at.y - hand.at.y;
    if (hand.deed === "draw") {
      box.x = Math.min(at.x, hand.at.x);
      box.y = Math.min(at.y, hand.at.y);
      box.width = Math.abs(right);
      box.height = Math.abs(down);
    } else if (hand.deed === "move") {
      box.x = within(0, from.x + right, WHOLE - from.width);
      box.y = within(0, from.y + down, WHOLE - from.height);
    } else {
      box.width = within(SMALLEST, from.width + right, WHOLE - from.x);
      box.height = within(SMALLEST, from.height + down, WHOLE - from.y);
    }
    show();
  }

  function end(event) {
    if (!hand || event.pointerId !== hand.id) { return; }
    var box = boxes[chosen];
    var isTap = hand.deed === "draw" && (box.width < SMALLEST || box.height < SMALLEST);
    if (isTap) {
      boxes = former.pop();
      chosen = -1;
    } else {
      settle(box);
      if (JSON.stringify(former[former.length - 1]) === JSON.stringify(boxes)) { former.pop(); }
    }
    hand = null;
    show();
  }

  function cancel() {
    if (!hand) { return; }
    boxes = former.pop();
    chosen = -1;
    hand = null;
    show();
  }

  function change(deed) {
    remember();
    deed();
    show();
  }

  function key(event) {
    var over = event.target.closest && event.target.closest(".over");
    var ways = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
    if (!over) { return; }
    chosen = Number(over.dataset.number);
    if (event.key === "Delete" || event.key === "Backspace") {
      event.preventDefault();
      removeChosen();
    } else if (ways[event.key]) {
      event.preventDefault();
      change(function () {
        var box = boxes[chosen], way = ways[event.key];
        box[event.shiftKey ? "width" : "x"] += way[0] * STEP;
        box[event.shiftKey ? "height" : "y"] += way[1] * STEP;
        settle(box);
      });
    }
  }

  function removeChosen() {
    if (chosen < 0) { return; }
    change(function () { boxes.splice(chosen, 1); chosen = -1; });
  }

  function press(name, deed) { document.getElementById(name).addEventListener("click", deed); }

  picture.addEventListener("pointerdown", start);
  picture.addEventListener("pointermove", drag);
  picture.addEventListener("pointerup", end);
  picture.addEventListener("pointercancel", cancel);
  picture.addEventListener("keydown", key);
  picture.addEventListener("dragstart", function (event) { event.preventDefault(); });
  press("box-add", function () {
    change(function () {
      boxes.push({ x: 350, y: 450, width: 300, height: 60 });
      chosen = boxes.length - 1;
    });
    picture.querySelector(".over.chosen").focus();
  });
  press("box-undo", function () {
    if (!former.length) { return; }
    boxes = former.pop();
    chosen = -1;
    show();
  });
  press("box-delete", removeChosen);
  press("box-clear", function () { if (boxes.length) { change(function () { boxes = []; chosen = -1; }); } });
  show();
}());
