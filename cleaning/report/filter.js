"use strict";
// Search and filter of the documents, kept in the address: #?rule=en.byline&text=rain
const form = document.querySelector("#filter");
const status = document.querySelector("#shown");
const documents = [...document.querySelectorAll("#documents article")];
const fields = ["text", "rule", "reason", "language", "source"];

function fits(article, wanted) {
  if (wanted.language && article.dataset.language !== wanted.language) return false;
  if (wanted.source && article.dataset.source !== wanted.source) return false;
  const cuts = [...article.querySelectorAll("del")];
  const cut = (one) => (!wanted.rule || one.dataset.rule === wanted.rule) && (!wanted.reason || one.dataset.reason === wanted.reason);
  if ((wanted.rule || wanted.reason) && !cuts.some(cut)) return false;
  return !wanted.text || article.textContent.toLowerCase().includes(wanted.text.toLowerCase());
}

function filter() {
  const wanted = Object.fromEntries(fields.map((name) => [name, form.elements[name].value]));
  const active = fields.some((name) => wanted[name]);
  let count = 0;
  for (const article of documents) {
    article.hidden = !fits(article, wanted);
    if (!article.hidden) count += 1;
    if (active && !article.hidden) article.querySelector("details").open = true;
  }
  status.textContent = `${count} of ${documents.length} documents shown`;
  return wanted;
}

function remember() {
  const chosen = Object.entries(filter()).filter(([, value]) => value);
  history.replaceState(null, "", chosen.length ? `#?${new URLSearchParams(chosen)}` : "#documents-title");
}

function clear() {
  form.reset();
  filter();
}

// What an address asks for may not be among the documents of this page: then none of them is shown.
function choose(field, value) {
  field.value = value;
  if (field.value !== value) field.add(new Option(`${value} (0)`, value, false, true));
}

function follow() {
  if (location.hash.startsWith("#?")) {
    const chosen = new URLSearchParams(location.hash.slice(2));
    for (const name of fields) choose(form.elements[name], chosen.get(name) ?? "");
    filter();
    return;
  }
  // What is linked to may be folded away or filtered out.
  const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (!target) return;
  if (target.closest("article")?.hidden) clear();
  const folded = target.closest("details");
  if (folded) folded.open = true;
  target.scrollIntoView();
}

if (form) {
  form.hidden = false;
  form.addEventListener("input", remember);
  form.addEventListener("submit", (event) => event.preventDefault());
  document.querySelector("#clear").addEventListener("click", () => { clear(); remember(); });
  for (const button of document.querySelectorAll("button[data-rule]")) {
    button.hidden = false;
    button.addEventListener("click", () => {
      form.reset();
      form.elements.rule.value = button.dataset.rule;
      remember();
      document.querySelector("#documents-title").scrollIntoView();
      form.elements.rule.focus({ preventScroll: true });
    });
  }
  addEventListener("hashchange", follow);
  filter();
  follow();
}
