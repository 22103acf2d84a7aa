// Carries an unsaved form over a change of language. Without JavaScript the change works and the form starts afresh.
// Passwords, files and hidden fields are never kept; what is kept stays in this tab and is dropped on the next page.
"use strict";

const KEPT = "cotejo-unsaved";
const fields = () =>
  [...document.querySelectorAll("main input[name], main select[name], main textarea[name]")].filter(
    (field) => !["password", "file", "hidden", "submit"].includes(field.type) && field.autocomplete !== "one-time-code"
  );

const kept = sessionStorage.getItem(KEPT);
sessionStorage.removeItem(KEPT);
if (kept) {
  const { path, values } = JSON.parse(kept);
  const here = fields();
  if (path === location.pathname && values.length === here.length) {
    here.forEach((field, place) => {
      if (field.type === "checkbox" || field.type === "radio") field.checked = values[place];
      else field.value = values[place];
    });
  }
}

for (const form of document.querySelectorAll("[data-language-switch]")) {
  form.addEventListener("submit", () => {
    const values = fields().map((field) =>
      field.type === "checkbox" || field.type === "radio" ? field.checked : field.value
    );
    if (values.length) sessionStorage.setItem(KEPT, JSON.stringify({ path: location.pathname, values }));
  });
}
