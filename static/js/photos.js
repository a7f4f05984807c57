// Shrinks photos before they are sent, one after the other, and tells how far it is; without it the form sends all.
(function () {
  "use strict";
  var form = document.getElementById("photo-form");
  var told = document.getElementById("photo-progress");
  if (!form || !told || !window.FormData || !window.Promise || !HTMLCanvasElement.prototype.toBlob) { return; }

  var LONG_SIDE = 1600, QUALITY = 0.85;
  var sent = [];

  function each(list, deed) { Array.prototype.forEach.call(list, deed); }

  function chosen() {
    var files = [];
    each(form.querySelectorAll("input[type=file]"), function (input) {
      each(input.files, function (file) { if (sent.indexOf(file) < 0) { files.push(file); } });
    });
    return files;
  }

  function drawn(bitmap) {
    var share = Math.min(1, LONG_SIDE / Math.max(bitmap.width, bitmap.height));
    var canvas = document.createElement("canvas");
    canvas.width = Math.max(1, Math.round(bitmap.width * share));
    canvas.height = Math.max(1, Math.round(bitmap.height * share));
    var pen = canvas.getContext("2d");
    pen.fillStyle = "#fff";
    pen.fillRect(0, 0, canvas.width, canvas.height);
    pen.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
    return new Promise(function (done) { canvas.toBlob(done, "image/jpeg", QUALITY); });
  }

  // Upright as the camera noted it. A browser that cannot do this sends the photo as it is; the server turns it.
  function shrunk(file) {
    if (!/^image\//.test(file.type) || !window.createImageBitmap) { return Promise.resolve(file); }
    return Promise.resolve().then(function () {
      return createImageBitmap(file, { imageOrientation: "from-image" });
    }).then(drawn).then(function (blob) {
      return blob && blob.size < file.size ? blob : file;
    }).catch(function () { return file; });
  }

  function send(blob, name, tell) {
    return new Promise(function (done) {
      var body = new FormData(), request = new XMLHttpRequest();
      each(form.querySelectorAll("input:not([type=file])"), function (one) { body.append(one.name, one.value); });
      body.append("photos", blob, name);
      request.open("POST", form.action);
      request.upload.onprogress = function (event) {
        if (event.lengthComputable) { tell(Math.round(100 * event.loaded / event.total)); }
      };
      request.onload = function () {
        // Whoever was signed out meanwhile is led to another page: nothing was kept.
        var arrived = !request.responseURL || request.responseURL.indexOf(form.getAttribute("data-back")) >= 0;
        done({ ok: arrived && request.status < 300, text: arrived ? request.responseText : "" });
      };
      request.onerror = request.ontimeout = function () { done({ ok: false, text: "" }); };
      request.send(body);
    });
  }

  function why(text) {
    var found = new DOMParser().parseFromString(text, "text/html").querySelector("[role=alert]");
    return found ? found.textContent : form.getAttribute("data-lost");
  }

  function complain(words) {
    var line = document.createElement("p");
    line.className = "mistake";
    line.setAttribute("role", "alert");
    line.textContent = words;
    form.insertBefore(line, told);
  }

  function go(files, number, failed, button) {
    if (number === files.length) {
      told.textContent = "";
      button.disabled = false;
      if (!failed) { window.location.assign(form.getAttribute("data-back")); }
      return;
    }
    var file = files[number];
    var words = form.getAttribute("data-sending").replace("%(number)s", number + 1).replace("%(all)s", files.length);
    told.textContent = words;
    shrunk(file).then(function (blob) {
      return send(blob, file.name, function (percent) { told.textContent = words + " " + percent + "%"; });
    }).then(function (answer) {
      // What arrived is not sent again when the button is pressed once more.
      if (answer.ok) { sent.push(file); } else { complain(file.name + "：" + why(answer.text)); }
      go(files, number + 1, failed || !answer.ok, button);
    });
  }

  form.addEventListener("submit", function (event) {
    var files = chosen(), button = form.querySelector("button[type=submit]");
    if (!files.length) { return; }
    event.preventDefault();
    each(form.querySelectorAll(".mistake"), function (one) { one.parentNode.removeChild(one); });
    button.disabled = true;
    go(files, 0, false, button);
  });
}());
