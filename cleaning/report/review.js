"use strict";
// A verdict is sent to the server that the page is from, and shown once it is written.
const asks = [...document.querySelectorAll(".ask")];
const progress = document.querySelector("#progress");
const open = asks.findIndex((ask) => !ask.dataset.verdict);
let current = Math.max(0, open);

for (const ask of asks) document.getElementById(ask.dataset.cut)?.classList.add("asked");

function show(number) {
  current = Math.min(Math.max(number, 0), asks.length - 1);
  for (const ask of asks) ask.toggleAttribute("aria-current", ask === asks[current]);
  asks[current].focus({ preventScroll: true });
  asks[current].scrollIntoView({ block: "start" });
}

async function say(number, verdict) {
  try {
    const answer = await fetch("verdict", {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ number, verdict }),
    });
    if (!answer.ok) throw new Error(await answer.text());
    asks[number].dataset.verdict = verdict;
    for (const button of asks[number].querySelectorAll("[data-say]")) {
      button.setAttribute("aria-pressed", String(button.dataset.say === verdict));
    }
    progress.textContent = `${(await answer.json()).judged} of ${asks.length} judged`;
    show(number + 1);
  } catch (error) {
    progress.textContent = `not noted: ${error.message}. Does cleaning review still run?`;
  }
}

document.addEventListener("click", (event) => {
  const { say: verdict, move } = event.target.dataset;
  if (verdict) say(Number(event.target.closest(".ask").dataset.number), verdict);
  if (move) show(current + Number(move));
});

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  // On a keyboard of another script the place of the key counts. A key that is held judges nothing.
  const key = /^[a-z]$/i.test(event.key) ? event.key.toLowerCase() : event.code.replace("Key", "").toLowerCase();
  if (key === "r" && !event.repeat) say(current, "right");
  if (key === "w" && !event.repeat) say(current, "wrong");
  if (key === "j") show(current + 1);
  if (key === "k") show(current - 1);
});

document.addEventListener("focusin", (event) => {
  const ask = event.target.closest(".ask");
  if (ask) current = Number(ask.dataset.number);
});

if (open > 0) show(open);
