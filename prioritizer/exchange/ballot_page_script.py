"""Style and script of the ballot page: plain, small, and allowed by their hashes alone.

The script reads what was chosen and lets the browser save it as a file. It has no other
power: the page's policy forbids it to fetch or send anything.
"""

STYLE = """
:root { color-scheme: light dark; }
* { box-sizing: border-box; }
body { font: 17px/1.45 system-ui, sans-serif; margin: 0 auto; max-width: 44rem; padding: 1rem 1rem 7rem; overflow-wrap: anywhere; }
h1 { font-size: 1.35rem; } h2 { font-size: 1.1rem; margin: 2rem 0 .3rem; }
ol { padding-left: 1.5rem; margin: .4rem 0; font-size: .92rem; }
fieldset { border: 1px solid #8888; border-radius: .5rem; margin: .8rem 0; padding: .5rem .7rem .7rem; min-width: 0; }
legend { font-weight: 600; padding: 0 .3rem; }
.task { margin: .1rem 0 .5rem; font-size: .92rem; }
.choices { display: flex; flex-wrap: wrap; gap: .35rem; }
.choices label { position: relative; flex: 1 0 2.6rem; text-align: center; border: 1px solid #888; border-radius: .4rem; padding: .55rem 0; cursor: pointer; }
.choices input { position: absolute; opacity: 0; inset: 0; width: 100%; height: 100%; margin: 0; cursor: pointer; }
.choices label:has(:checked) { outline: 3px solid; font-weight: 700; text-decoration: underline; }
.choices label:has(:focus-visible) { outline: 3px dashed; }
.says { min-height: 1.4em; font-size: .92rem; margin: .4rem 0 0; }
select, input[type=text], button { font: inherit; padding: .5rem .7rem; max-width: 100%; }
#bar { position: fixed; inset: auto 0 0 0; padding: .6rem 1rem; background: Canvas; border-top: 1px solid #888; display: flex; gap: .8rem; align-items: center; justify-content: space-between; flex-wrap: wrap; }
#done { flex: 1 1 10rem; }
"""

SCRIPT = """
"use strict";
(function () {
  var ballot = JSON.parse(document.getElementById("ballot").textContent);
  var form = document.getElementById("answers");
  var done = document.getElementById("done");
  var who = document.getElementById("who");
  var saved = true;

  function chosen() {
    var found = [];
    form.querySelectorAll("input[type=radio]:checked").forEach(function (input) {
      var cell = ballot.cells[Number(input.name)];
      found.push({ use_case: cell[1], criterion: cell[0], answer: input.value });
    });
    return found;
  }

  function count() {
    var answered = chosen().length;
    done.textContent = answered + " of " + ballot.cells.length + " answered";
  }

  form.addEventListener("submit", function (event) { event.preventDefault(); });

  form.addEventListener("change", function (event) {
    var input = event.target;
    saved = false;
    if (input.type === "radio") {
      var says = document.getElementById("says" + input.name);
      says.textContent = input.parentElement.title;
    }
    count();
  });

  document.getElementById("save").addEventListener("click", function () {
    var name = who.value.trim();
    if (!name) {
      done.textContent = "Say who you are first.";
      who.focus();
      return;
    }
    var answers = chosen();
    if (!answers.length) {
      done.textContent = "Nothing is answered yet.";
      return;
    }
    var text = JSON.stringify({
      format: ballot.format, version: ballot.version, session: ballot.session,
      participant: name, answers: answers
    });
    var link = document.createElement("a");
    var address = URL.createObjectURL(new Blob([text], { type: "application/json" }));
    link.href = address;
    link.download = "ballot-" + name.replace(/[^\\p{L}\\p{N}]+/gu, "-") + ".json";
    document.body.appendChild(link);
    link.click();
    link.remove();
    setTimeout(function () { URL.revokeObjectURL(address); }, 10000);
    saved = true;
    done.textContent = answers.length + " of " + ballot.cells.length + " saved; hand the file to the facilitator";
  });

  window.addEventListener("beforeunload", function (event) {
    if (!saved) { event.preventDefault(); }
  });

  count();
})();
"""
